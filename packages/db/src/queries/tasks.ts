import { inArray, notInArray } from 'drizzle-orm';
import type { Row, Store } from '../store.ts';

type TaskState = Row<'provisioningTasks'>['state'];

const resting: readonly TaskState[] = ['done', 'failed'];

/** Tasks that still want to become true: what a demo shows as its backlog. Purposeful waiting does not count. */
export const openTasks = (store: Store): Promise<number> => {
  const { provisioningTasks: table } = store.tables;
  return store.read.$count(table, notInArray(table.state, [...resting, 'grace', 'waiting_vacate']));
};

export const tasksInState = (store: Store, states: readonly TaskState[]): Promise<number> => {
  const { provisioningTasks: table } = store.tables;
  return store.read.$count(table, inArray(table.state, [...states]));
};
