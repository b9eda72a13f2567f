import { api } from '../../api/client.ts';
import { useProcedure, valueOf } from '../../api/query.ts';
import { useSession } from '../../api/session.tsx';
import type { NoticeRow } from '../../api/types.ts';
import { needsRequests } from './notice-standing.ts';
import type { KnownRequests } from './notice-standing.ts';

const size = 200;
const everyMilliseconds = 15_000;

/** Numbers and states of the latest requests and of the inbox, each asked for only where a notice needs it. */
export function useKnownRequests(notices: () => readonly NoticeRow[]): () => KnownRequests {
  const session = useSession();
  const decides = () => session.hasRole('head', 'operator', 'operator_approver', 'authority');
  const inbox = useProcedure({
    name: 'requests.inbox',
    input: () =>
      decides() && notices().some(({ code }) => code === 'request_waits')
        ? ({ box: 'todo', page: 1, size } as const)
        : undefined,
    call: (input, options) => api.requests.inbox.query(input, options),
    everyMilliseconds,
  });
  const latest = useProcedure({
    name: 'requests.list',
    input: () => (notices().some(needsRequests) ? { page: 1, size } : undefined),
    call: (input, options) => api.requests.list.query(input, options),
    everyMilliseconds,
  });
  return () => {
    const waiting = valueOf(inbox);
    const listed = valueOf(latest);
    const rows = [...(listed?.rows ?? []), ...(waiting?.rows ?? [])];
    const isWhole = waiting !== undefined && waiting.total <= waiting.rows.length;
    return {
      at: Math.min(waiting?.at ?? Infinity, listed?.at ?? Infinity),
      rows: new Map(rows.map((row) => [row.id, row])),
      inbox: isWhole ? new Set(waiting.rows.map(({ id }) => id)) : undefined,
    };
  };
}
