import { QueryCache, QueryClient } from '@tanstack/solid-query';
import { failureOf } from './failure.ts';
import { sessionKey } from './session.tsx';

/** One store of readings. A session that has ended is noticed by whichever reading meets it first. */
export function createQueries(): QueryClient {
  const queries = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (query.queryKey[0] !== sessionKey[0]) noticeEndedSession(queries, error);
      },
    }),
    // Asked also while the browser believes itself offline: the answer, not the belief, decides what is said.
    defaultOptions: { queries: { networkMode: 'always' } },
  });
  return queries;
}

/** The frame then leads to the door, and back to the same address afterwards. */
export function noticeEndedSession(queries: QueryClient, error: unknown): void {
  if (failureOf(error).kind === 'unauthenticated')
    void queries.invalidateQueries({ queryKey: [sessionKey[0]] });
}
