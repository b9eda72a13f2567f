import { InvariantError } from '@yunheng/kernel/invariant';
import type { Store } from './store.ts';
import type { StoreOptions } from './store-over.ts';

export type ReadingOptions = Pick<StoreOptions, 'connections' | 'schema'>;

const refuse = (): Promise<never> =>
  Promise.reject(new InvariantError('a store that was opened for reading is written to'));

/** A store without its writing half: whoever proves something must not be able to change it. */
export const readingStore = (of: Pick<Store, 'tables' | 'read' | 'close'>): Store => ({
  ...of,
  commit: refuse,
  refuse,
  seal: refuse,
  seen: refuse,
  onCommit: () => () => {},
});
