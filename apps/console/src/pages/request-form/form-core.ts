import { batch, createSignal } from 'solid-js';
import { createStore, unwrap } from 'solid-js/store';
import type { CatalogItem } from '../../api/types.ts';
import { emptyForm, itemOf, poolKey, poolsFor } from './form-model.ts';
import type { FormLine, FormState, Inputs } from './form-model.ts';

/** The form as a store, and what its acts share: a line always names a pool that can carry it. */
export function createFormCore(inputs: () => Inputs) {
  const [form, setForm] = createStore<FormState>(structuredClone(emptyForm));
  const [changes, setChanges] = createSignal(0);
  let lastKey = 0;
  let isQuiet = false;
  const nextKey = () => (lastKey += 1);

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
  return {
    form,
    setForm,
    inputs,
    changes,
    nextKey,
    lineFor,
    snapshot: (): FormState => structuredClone(unwrap(form)),
    /** Replaces everything, as when a draft is loaded: not a change by a person. */
    load: (state: FormState) =>
      batch(() => {
        lastKey = Math.max(lastKey, ...state.lines.map((line) => line.key));
        setForm(state);
      }),
    /** The common case first: x86 compute and memory. Whoever needs another architecture changes one field. */
    usualLines: (): FormLine[] =>
      (['cpu', 'memory'] as const).flatMap((resource) => {
        const items = inputs().catalog.filter((item) => item.resource === resource);
        const item = items.find((candidate) => candidate.arch !== 'arm64') ?? items[0];
        return item === undefined ? [] : [lineFor(item)];
      }),
    /** After the node or the allocation changed, each line keeps its pool where that still exists. */
    fitPools: () => {
      form.lines.forEach((line, index) => {
        const item = itemOf(inputs(), line);
        const pools = poolsFor(form, inputs(), item);
        if (!pools.some((pool) => pool.key === line.pool))
          setForm('lines', index, 'pool', choosePool(item));
      });
    },
    /** What a link asks for is not yet somebody's writing: looking at a form must not make a draft. */
    quietly: (change: () => void) => {
      isQuiet = true;
      change();
      isQuiet = false;
    },
    /** A change by a person: saving and previewing follow the count. */
    act:
      <A extends unknown[]>(change: (...args: A) => void) =>
      (...args: A) =>
        batch(() => {
          change(...args);
          if (!isQuiet) setChanges((count) => count + 1);
        }),
  };
}

export type FormCore = ReturnType<typeof createFormCore>;
