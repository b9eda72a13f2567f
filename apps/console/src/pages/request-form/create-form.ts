import type { CatalogItem } from '../../api/types.ts';
import { createFormCore } from './form-core.ts';
import type { FormCore } from './form-core.ts';
import { allocationOf, itemOf, poolKey, poolsFor } from './form-model.ts';
import type { FormLine, FormState, Inputs } from './form-model.ts';

export function createForm(inputs: () => Inputs) {
  const core = createFormCore(inputs);
  return {
    form: core.form,
    nextKey: core.nextKey,
    changes: core.changes,
    snapshot: core.snapshot,
    load: core.load,
    quietly: core.quietly,
    start: () => core.setForm('lines', core.usualLines()),
    ...targetActs(core),
    ...lineActs(core),
  };
}

export type Form = ReturnType<typeof createForm>;

function targetActs(core: FormCore) {
  const { act, setForm } = core;
  return {
    setKind: act((kind: FormState['kind']) => {
      setForm({ kind, allocationId: '' });
      setForm('lines', kind === 'new' ? core.usualLines() : []);
    }),
    setSystem: act((systemId: string) => setForm({ systemId, allocationId: '' })),
    setEnvironment: act((environment: FormState['environment']) => setForm({ environment })),
    setReason: act((reason: string) => setForm({ reason })),
    setNode: act((cloudNodeId: string) => {
      setForm({ cloudNodeId });
      core.fitPools();
    }),
    setAllocation: act((allocationId: string) => {
      setForm({ allocationId });
      if (core.form.kind === 'change') setForm('lines', standingLines(core));
    }),
  };
}

/** A change starts from what the environment has, line by line. */
function standingLines(core: FormCore): FormLine[] {
  const allocation = allocationOf(core.form, core.inputs());
  if (allocation === undefined) return [];
  const { arch, poolClass } = allocation.pool;
  const fits = (item: CatalogItem) =>
    (item.arch ?? arch) === arch && (item.poolClass ?? poolClass) === poolClass;
  return core
    .inputs()
    .catalog.filter(fits)
    .flatMap((item) => {
      const amount = allocation.allocated[item.resource];
      if (amount === undefined || amount === 0) return [];
      return [{ ...core.lineFor(item, amount), pool: poolKey(arch, poolClass) }];
    });
}

function lineActs(core: FormCore) {
  const { act, setForm, form, inputs } = core;
  const canUse = (line: FormLine, pool: string) =>
    poolsFor(form, inputs(), itemOf(inputs(), line)).some((choice) => choice.key === pool);
  return {
    addLine: act(() => {
      const taken = new Set(form.lines.map((line) => line.itemVersionId));
      const next = inputs().catalog.find(
        (item) => !taken.has(item.itemVersionId) && poolsFor(form, inputs(), item).length > 0,
      );
      setForm('lines', form.lines.length, core.lineFor(next));
    }),
    removeLine: act((key: number) =>
      setForm('lines', (lines) => lines.filter((line) => line.key !== key)),
    ),
    setItem: act((key: number, itemVersionId: string) => {
      setForm('lines', (line) => line.key === key, { itemVersionId, amount: undefined, text: '' });
      core.fitPools();
    }),
    /** Lines that shared the old pool come along where they can. */
    setPool: act((key: number, pool: string) => {
      const old = form.lines.find((line) => line.key === key)?.pool;
      form.lines.forEach((line, index) => {
        if (line.key === key || (line.pool === old && canUse(line, pool)))
          setForm('lines', index, 'pool', pool);
      });
    }),
    setAmount: act((key: number, amount: number | undefined, text: string) =>
      setForm('lines', (line) => line.key === key, { amount, text }),
    ),
  };
}
