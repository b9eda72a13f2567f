import { createContext, createEffect, createSignal, onCleanup, useContext } from 'solid-js';
import type { JSX } from 'solid-js';
import { api } from './client.ts';
import { useProcedure, valueOf } from './query.ts';
import type { SystemStatus } from './types.ts';

export type StatusContext = {
  status: () => SystemStatus | undefined;
  /** The server's time: ages and deadlines must not depend on the clock of this device. */
  now: () => number;
  reachable: () => boolean;
};

const Context = createContext<StatusContext>();
const everyMilliseconds = 5_000;

export function StatusProvider(props: { children: JSX.Element }): JSX.Element {
  const query = useProcedure({
    name: 'system.status',
    input: () => ({}),
    call: (input, options) => api.system.status.query(input, options),
    everyMilliseconds,
  });
  const [offset, setOffset] = createSignal(0);
  const [tick, setTick] = createSignal(Date.now());
  const timer = setInterval(() => setTick(Date.now()), 1_000);
  onCleanup(() => clearInterval(timer));
  createEffect(() => {
    const status = valueOf(query);
    if (status !== undefined) setOffset(status.now - Date.now());
  });
  const context: StatusContext = {
    status: () => valueOf(query),
    now: () => tick() + offset(),
    reachable: () => !query.isError && query.failureCount === 0,
  };
  return <Context.Provider value={context}>{props.children}</Context.Provider>;
}

export function useStatus(): StatusContext {
  const status = useContext(Context);
  if (status === undefined) throw new Error('useStatus: put the component inside StatusProvider');
  return status;
}
