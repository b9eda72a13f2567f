import { tracked } from '@trpc/server';
import type { Call } from '@yunheng/application/deps';
import type { Identified } from '@yunheng/application/identity/resolve-actor';
import { requestEventsAfter } from '@yunheng/application/requests/watch-request';
import { mayEver } from '@yunheng/domain/identity/policy';
import { domainError } from '@yunheng/kernel/errors';
import type { RpcContext, RpcDeps } from './context.ts';
import { watch } from './contract/requests.ts';
import { refused, unwrap } from './errors.ts';
import { callOf } from './ladder.ts';
import { streamsPerSession } from './open-streams.ts';
import { isUnrecorded, recordRefusal } from './refusals.ts';

const name = 'requests.watch';

/** A commit in another process is not announced here: then this is how long an event may take. */
const pollMs = 2_000;

/** A session that ended, or a role that was taken away, ends the stream within this time (law S5). */
const recheckMs = 60_000 - 5 * pollMs;

/**
 * Every event after the last one that the reader has, then each new one. Ids are tracked: a reader that was cut off
 * comes back with the last id and misses nothing, because what is read is the table, not the announcement.
 */
export async function* watchRequest(
  ctx: RpcContext & { readonly call: Call; readonly identified: Identified },
  input: { readonly id: string; readonly lastEventId?: string | null | undefined },
  signal: AbortSignal | undefined,
) {
  const leave = await placeFor(ctx);
  const announced = new Announcements(ctx.deps.store, input.id);
  let { call } = ctx;
  let lastEventId = input.lastEventId ?? null;
  let checkedAt = ctx.deps.clock.real();
  try {
    while (signal?.aborted !== true) {
      if (ctx.deps.clock.real() - checkedAt >= recheckMs) {
        call = await stillAllowed(ctx);
        checkedAt = ctx.deps.clock.real();
      }
      const read = await requestEventsAfter(ctx.deps, call, { id: input.id, lastEventId });
      if (!read.ok && isUnrecorded('subscription', read.error)) {
        await recordRefusal(ctx, call, { name, error: read.error });
      }
      for (const event of unwrap(read)) {
        lastEventId = event.event.id;
        yield tracked(lastEventId, watch.output.parse(event));
      }
      await announced.next(pollMs, signal);
    }
  } finally {
    announced.stop();
    leave();
  }
}

/** All programs of one person share the places that a session has: a token is easily used by many at once. */
async function placeFor(
  ctx: RpcContext & { readonly call: Call; readonly identified: Identified },
): Promise<() => void> {
  const { identified, call } = ctx;
  const leave = ctx.deps.streams.take(identified.session?.id ?? identified.user.id);
  if (leave !== null) return leave;
  const error = domainError('rate.streams', { limit: streamsPerSession });
  await recordRefusal(ctx, call, { name, error });
  throw refused(error);
}

async function stillAllowed(ctx: RpcContext): Promise<Call> {
  const identified = unwrap(await ctx.identifyAgain());
  if (identified === null) throw refused(domainError('auth.required'));
  const verdict = mayEver(identified.actor, name);
  const call = callOf(ctx, identified);
  if (verdict.allowed) return call;
  const error = domainError(verdict.code);
  await recordRefusal(ctx, call, { name, error });
  throw refused(error);
}

/** Commits that touched one request. One that comes while the reader is busy is kept for the next wait. */
class Announcements {
  readonly stop: () => void;
  #missed = false;
  #wake: (() => void) | null = null;

  constructor(store: RpcDeps['store'], requestId: string) {
    this.stop = store.onCommit(({ requestIds }) => {
      if (!requestIds.has(requestId)) return;
      this.#missed = true;
      this.#wake?.();
    });
  }

  async next(timeoutMs: number, signal: AbortSignal | undefined): Promise<void> {
    if (!this.#missed) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, timeoutMs);
      const wake = () => resolve();
      this.#wake = wake;
      signal?.addEventListener('abort', wake, { once: true });
      await promise;
      clearTimeout(timer);
      signal?.removeEventListener('abort', wake);
      this.#wake = null;
    }
    this.#missed = false;
  }
}
