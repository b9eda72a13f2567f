import { createContext, useContext } from 'solid-js';
import type { JSX } from 'solid-js';
import { api } from '../api/client.ts';
import { useNotices } from '../api/notices.ts';
import { useProcedure, valueOf } from '../api/query.ts';
import { useSession } from '../api/session.tsx';
import type { RequestRow } from '../api/types.ts';
import type { EntryId } from './navigation.ts';

type Waiting = (entry: EntryId) => number | undefined;
type WaitingContext = { count: Waiting; inbox: () => readonly RequestRow[] };

const Context = createContext<WaitingContext>({ count: () => undefined, inbox: () => [] });
const everyMilliseconds = 15_000;

/** How much waits behind an entry of the navigation; nothing is shown for nothing. */
export function WaitingProvider(props: { children: JSX.Element }): JSX.Element {
  const session = useSession();
  const decides = () => session.hasRole('head', 'operator', 'operator_approver');
  const inbox = useProcedure({
    name: 'requests.inbox',
    input: () => (decides() ? ({ box: 'todo', page: 1, size: 1 } as const) : undefined),
    call: (input, options) => api.requests.inbox.query(input, options),
    everyMilliseconds,
  });
  const { unread } = useNotices();
  const positive = (count: number | undefined) =>
    count === undefined || count === 0 ? undefined : count;
  const count: Waiting = (entry) => {
    if (entry === 'inbox') return positive(valueOf(inbox)?.total);
    if (entry === 'notices') return positive(unread().length);
    return undefined;
  };
  const context = { count, inbox: () => valueOf(inbox)?.rows ?? [] };
  return <Context.Provider value={context}>{props.children}</Context.Provider>;
}

export function useWaiting(): Waiting {
  return useContext(Context).count;
}

/** What waits for a decision, where it is one request; several are a count. */
export function useOnlyInInbox(): () => RequestRow | undefined {
  const { count, inbox } = useContext(Context);
  return () => (count('inbox') === 1 ? inbox()[0] : undefined);
}
