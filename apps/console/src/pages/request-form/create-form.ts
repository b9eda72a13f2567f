import { batch, createSignal } from 'solid-js';
import { createStore, unwrap } from 'solid-js/store';
import type { CatalogItem } from '../../api/types.ts';
import { allocationOf, emptyForm, itemOf, poolKey, poolsFor } from './form-model.ts';
import type { FormLine, FormState, Inputs } from './form-model.ts';

/** The form as a store, and the acts that keep it consistent: a line always names a pool that can carry it. */
export function createForm(inputs: () => Inputs) {
  const [form, setForm] = createStore<FormState>(structuredClone(emptyForm));
  const [changes, setChanges] = createSignal(0);
  let lastKey = 0;
  const nextKey = () => (lastKey += 1);
  const changed = () => setChanges((count) => count + 1);

  /** The common case first: x86 compute and memory. Whoever needs another architecture changes one field. */
  const usual = (): CatalogItem[] =>
    (['cpu', 'memory'] as const).flatMap((resource) => {
      const items = inputs().catalog.filter((item) => item.resource === resource);
      return items.find((item) => item.arch !== 'arm64') ?? items[0] ?? [];
    });
  /** Lines belong together in one pool where they can: one pool is one namespace. */
  const choosePool = (item: CatalogItem | undefined): string => {
    const keys = poolsFor(form, inputs(), item).map((pool) => pool.key);
    const shared = form.lines.map((line) => line.pool).find((key) => keys.includes(key));
    return shared ?? keys.find((key) => key === poolKey('x86-64', 'general')) ?? keys[0] ?? '';
  };
  const lineFor = (item: CatalogItem | undefined, amount?: number): FormLine => ({
    key: nextKey(),
    itemVersionId: item?.itemVersionId ?? '',
    pool: choosePool(item),
    amount,
    text: '',
  });

  /** After the node or the allocation changed, each line keeps its pool where that still exists. */
  const fitPools = () => {
    form.lines.forEach((line, index) => {
      const item = itemOf(inputs(), line);
      const pools = poolsFor(form, inputs(), item);
      if (!pools.some((pool) => pool.key === line.pool))
        setForm('lines', index, 'pool', choosePool(item));
    });
  };

  const act =
    <A extends unknown[]>(change: (...args: A) => void) =>
    (...args: A) => {
      batch(() => {
        change(...args);
        changed();
      });
    };

  return {
    form,
    nextKey,
    /** Grows with every change by a person; saving and previewing follow it. */
    changes,
    snapshot: (): FormState => structuredClone(unwrap(form)),
    /** Replaces everything, as when a draft is loaded: not a change by a person. */
    load: (state: FormState) =>
      batch(() => {
        lastKey = Math.max(lastKey, ...state.lines.map((line) => line.key));
        setForm(state);
      }),
    start: () =>
      batch(() =>
        setForm(
          'lines',
          usual().map((item) => lineFor(item)),
        ),
      ),
    setKind: act((kind: FormState['kind']) => {
      setForm({ kind, allocationId: '' });
      setForm('lines', kind === 'new' ? usual().map((item) => lineFor(item)) : []);
    }),
    setSystem: act((systemId: string) => setForm({ systemId, allocationId: '' })),
    setEnvironment: act((environment: FormState['environment']) => setForm({ environment })),
    setReason: act((reason: string) => setForm({ reason })),
    setNode: act((cloudNodeId: string) => {
      setForm({ cloudNodeId });
      fitPools();
    }),
    /** A change starts from what the environment has, line by line. */
    setAllocation: act((allocationId: string) => {
      setForm({ allocationId });
      const allocation = allocationOf(form, inputs());
      if (allocation === undefined || form.kind !== 'change') return;
      const pool = poolKey(allocation.pool.arch, allocation.pool.poolClass);
      const lines = inputs()
        .catalog.filter(
          (item) =>
            (item.arch ?? allocation.pool.arch) === allocation.pool.arch &&
            (item.poolClass ?? allocation.pool.poolClass) === allocation.pool.poolClass,
        )
        .flatMap((item) => {
          const amount = allocation.allocated[item.resource];
          return amount === undefined || amount === 0 ? [] : [{ ...lineFor(item, amount), pool }];
        });
      setForm('lines', lines);
    }),
    addLine: act(() => {
      const taken = new Set(form.lines.map((line) => line.itemVersionId));
      const next = inputs().catalog.find(
        (item) => !taken.has(item.itemVersionId) && poolsFor(form, inputs(), item).length > 0,
      );
      setForm('lines', form.lines.length, lineFor(next));
    }),
    removeLine: act((key: number) =>
      setForm('lines', (lines) => lines.filter((line) => line.key !== key)),
    ),
    setItem: act((key: number, itemVersionId: string) => {
      setForm('lines', (line) => line.key === key, { itemVersionId, amount: undefined, text: '' });
      fitPools();
    }),
    /** Lines that shared the old pool come along where they can. */
    setPool: act((key: number, pool: string) => {
      const old = form.lines.find((line) => line.key === key)?.pool;
      form.lines.forEach((line, index) => {
        const follows =
          line.key === key ||
          (line.pool === old &&
            poolsFor(form, inputs(), itemOf(inputs(), line)).some((choice) => choice.key === pool));
        if (follows) setForm('lines', index, 'pool', pool);
      });
    }),
    setAmount: act((key: number, amount: number | undefined, text: string) =>
      setForm('lines', (line) => line.key === key, { amount, text }),
    ),
  };
}

export type Form = ReturnType<typeof createForm>;
