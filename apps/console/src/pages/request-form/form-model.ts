import type { Architecture, PoolClass, ResourceName } from '@yunheng/domain/catalog/resources';
import { checkContent } from '@yunheng/domain/quota/check-content';
import type { ContentFacts } from '@yunheng/domain/quota/check-content';
import type { AllocationFacts, PoolFacts } from '@yunheng/domain/quota/effect';
import type { Environment, RequestKind } from '@yunheng/domain/quota/request';
import type { Issue } from '@yunheng/kernel/errors';
import type { AllocationRow, CatalogItem, Offers, RequestContent } from '../../api/types.ts';

/** A line while it is written: anything may still be missing. */
export type FormLine = {
  key: number;
  itemVersionId: string;
  pool: string;
  amount: number | undefined;
  text: string;
};

export type FormState = {
  kind: RequestKind;
  systemId: string;
  environment: Environment;
  allocationId: string;
  cloudNodeId: string;
  reason: string;
  lines: FormLine[];
};

export type Inputs = {
  catalog: readonly CatalogItem[];
  offers: Offers;
  allocations: readonly AllocationRow[];
};

export const emptyForm: FormState = {
  kind: 'new',
  systemId: '',
  environment: 'prod',
  allocationId: '',
  cloudNodeId: '',
  reason: '',
  lines: [],
};

/** A pool of a node as the form names it: architecture and class. */
export function poolKey(arch: Architecture, poolClass: PoolClass): string {
  return `${arch}/${poolClass}`;
}

export function readPoolKey(key: string): { arch: Architecture; poolClass: PoolClass } | undefined {
  const [arch, poolClass] = key.split('/');
  const known = arch === 'x86-64' || arch === 'arm64' ? arch : undefined;
  const knownClass =
    poolClass === 'general' || poolClass === 'gpu' || poolClass === 'npu' ? poolClass : undefined;
  return known === undefined || knownClass === undefined
    ? undefined
    : { arch: known, poolClass: knownClass };
}

export function itemOf(
  inputs: Inputs,
  line: Pick<FormLine, 'itemVersionId'>,
): CatalogItem | undefined {
  return inputs.catalog.find((item) => item.itemVersionId === line.itemVersionId);
}

export type PoolChoice = {
  key: string;
  arch: Architecture;
  poolClass: PoolClass;
  free: Partial<Record<ResourceName, number>>;
};

/** Pools of the chosen node that can carry an item; for a change only the pool of the allocation. */
export function poolsFor(
  form: FormState,
  inputs: Inputs,
  item: CatalogItem | undefined,
): PoolChoice[] {
  const allocation = allocationOf(form, inputs);
  const node = inputs.offers.nodes.find(
    (entry) => entry.id === (allocation?.cloudNode.id ?? form.cloudNodeId),
  );
  return (node?.offers ?? [])
    .filter(
      (offer) =>
        (item?.arch ?? offer.arch) === offer.arch &&
        (item?.poolClass ?? offer.poolClass) === offer.poolClass,
    )
    .filter((offer) => item === undefined || offer.free[item.resource] !== undefined)
    .filter(
      (offer) =>
        allocation === undefined ||
        (offer.arch === allocation.pool.arch && offer.poolClass === allocation.pool.poolClass),
    )
    .map((offer) => ({
      key: poolKey(offer.arch, offer.poolClass),
      arch: offer.arch,
      poolClass: offer.poolClass,
      free: offer.free,
    }));
}

export function allocationOf(form: FormState, inputs: Inputs): AllocationRow | undefined {
  return form.kind === 'new'
    ? undefined
    : inputs.allocations.find((row) => row.id === form.allocationId);
}

/** What the environment has of a line's resource now. */
export function beforeOf(form: FormState, inputs: Inputs, item: CatalogItem | undefined): number {
  return item === undefined ? 0 : (allocationOf(form, inputs)?.allocated[item.resource] ?? 0);
}

/** What is sent. Lines without item or pool are not yet lines; an amount not yet readable counts as none. */
export function toContent(form: FormState, inputs: Inputs): RequestContent {
  const allocation = allocationOf(form, inputs);
  return {
    kind: form.kind,
    systemId: form.systemId,
    environment: allocation?.environment ?? form.environment,
    allocationId: form.kind === 'new' ? null : form.allocationId === '' ? null : form.allocationId,
    reason: form.reason,
    lines: form.kind === 'release' ? [] : completeLines(form, inputs).map((entry) => entry.content),
  };
}

type CompleteLine = { index: number; content: RequestContent['lines'][number] };

/** Complete lines with their place in the form, so that a problem finds its field. */
export function completeLines(form: FormState, inputs: Inputs): CompleteLine[] {
  const cloudNodeId = allocationOf(form, inputs)?.cloudNode.id ?? form.cloudNodeId;
  return form.lines.flatMap((line, index) => {
    const item = itemOf(inputs, line);
    const pool = readPoolKey(line.pool);
    if (item === undefined || pool === undefined || cloudNodeId === '') return [];
    return [
      {
        index,
        content: {
          itemVersionId: item.itemVersionId,
          resource: item.resource,
          cloudNodeId,
          ...pool,
          amount: line.amount ?? 0,
        },
      },
    ];
  });
}

export function fromContent(content: RequestContent, nextKey: () => number): FormState {
  return {
    kind: content.kind,
    systemId: content.systemId,
    environment: content.environment,
    allocationId: content.allocationId ?? '',
    cloudNodeId: content.lines[0]?.cloudNodeId ?? '',
    reason: content.reason,
    lines: content.lines.map((line) => ({
      key: nextKey(),
      itemVersionId: line.itemVersionId,
      pool: poolKey(line.arch, line.poolClass),
      // Nothing was readable when a new line was saved as zero.
      amount: line.amount === 0 && content.kind === 'new' ? undefined : line.amount,
      text: '',
    })),
  };
}

/** The facts of the server as far as the browser has them; what it lacks, the preview and the submission still check. */
export function factsOf(form: FormState, inputs: Inputs): ContentFacts {
  const allocation = allocationOf(form, inputs);
  const pools: PoolFacts[] = inputs.offers.nodes.flatMap((node) =>
    node.offers.map((offer) => {
      const isOwn =
        allocation?.cloudNode.id === node.id &&
        allocation.pool.arch === offer.arch &&
        allocation.pool.poolClass === offer.poolClass;
      return {
        id: isOwn ? allocation.pool.id : `${node.id}/${poolKey(offer.arch, offer.poolClass)}`,
        code: '',
        cloudNodeId: node.id,
        clusterId: '',
        arch: offer.arch,
        poolClass: offer.poolClass,
        free: offer.free,
      };
    }),
  );
  return {
    items: new Map(inputs.catalog.map((item) => [item.itemVersionId, item])),
    pools,
    allocation: allocation === undefined ? null : allocationFacts(form, allocation),
    occupants: new Map(),
  };
}

function allocationFacts(form: FormState, row: AllocationRow): AllocationFacts {
  return {
    id: row.id,
    poolId: row.pool.id,
    systemId: form.systemId,
    environment: row.environment,
    active: row.state === 'active',
    underWay: null,
    allocated: row.allocated,
  };
}

/** The same rules that the server runs, on what is known here, with paths that point into the form. */
export function checkForm(form: FormState, inputs: Inputs): Issue[] {
  const complete = completeLines(form, inputs);
  const content = toContent(form, inputs);
  return checkContent(
    { ...content, allocationId: content.allocationId },
    factsOf(form, inputs),
  ).map((issue) => ({
    ...issue,
    path: issue.path.replace(
      /^lines\.(\d+)/u,
      (_, index: string) => `lines.${complete[Number(index)]?.index ?? index}`,
    ),
  }));
}
