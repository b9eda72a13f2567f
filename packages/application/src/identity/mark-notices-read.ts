import { unreadNotices } from '@yunheng/db/queries/identity';
import type { Update } from '@yunheng/db/store';
import { ok } from '@yunheng/kernel/result';
import type { Call, Outcome } from '../deps.ts';
import { commitDecided } from './commit-decided.ts';
import { entryOf } from './entry.ts';
import type { IdentityDeps } from './types.ts';

/** Ids of other people's notices, and of those read before, are passed over in silence: nothing is to be done. */
export async function markNoticesRead(
  deps: IdentityDeps,
  call: Call,
  input: { ids: readonly string[] },
): Outcome<null> {
  return commitDecided<null>(deps, async () => {
    const unread = await unreadNotices(deps.store, call.actor.userId, input.ids);
    if (unread.length === 0) return ok({ change: null, value: null });
    const set = { readAt: deps.clock.real() };
    const updates = unread.map(({ id, version }): Update => ({
      table: 'notices',
      key: id,
      version,
      set,
    }));
    const audit = entryOf(deps, call, {
      action: 'notices.markRead',
      subjectKind: 'notice',
      subjectId: call.actor.userId,
      detail: { count: unread.length },
    });
    return ok({ value: null, change: { audit, updates } });
  });
}
