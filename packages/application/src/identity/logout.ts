import { ok } from '@yunheng/kernel/result';
import type { Call, Outcome } from '../deps.ts';
import { commitDecided } from './commit-decided.ts';
import { openSessionsOf } from '@yunheng/db/queries/identity';
import { entryOf } from './entry.ts';
import type { IdentityDeps } from './types.ts';

export async function logout(
  deps: IdentityDeps,
  call: Call,
  input: { sessionId: string },
): Outcome<null> {
  return commitDecided<null>(deps, async () => {
    const open = await openSessionsOf(deps.store, call.actor.userId);
    const session = open.find(({ id }) => id === input.sessionId);
    if (session === undefined) return ok({ change: null, value: null });
    const { id, version } = session;
    return ok({
      value: null,
      change: {
        audit: entryOf(deps, call, {
          action: 'auth.logout',
          subjectKind: 'session',
          subjectId: id,
        }),
        updates: [{ table: 'sessions', key: id, version, set: { endedAt: deps.clock.real() } }],
      },
    });
  });
}
