import { checkPolicy, type ApprovalPolicy } from '@yunheng/domain/approval/policy';
import { checkItemBody, type ItemBody } from '@yunheng/domain/catalog/item';
import type { Issue } from '@yunheng/kernel/errors';
import { key, type Known } from './province-rows.ts';
import type { DocumentInput, ProvinceInput } from './province.ts';

/** Everything that is wrong with a province, before any of it is written. */
export function provinceIssues(input: ProvinceInput, known: Known): readonly Issue[] {
  return [
    ...repeated('departments', input.departments, ({ code }) => code),
    ...repeated('systems', input.systems, ({ department, code }) => key(department, code)),
    ...repeated('cloudNodes', input.cloudNodes, ({ code }) => code),
    ...repeated('clusters', input.clusters, (name) => name),
    ...repeated('pools', input.pools, ({ code }) => code),
    ...repeated('documents', input.documents, (one) => key(one.kind, one.code, one.revision)),
    ...unnamed(input, known),
    ...input.documents.flatMap(unfit),
  ];
}

function repeated<T>(area: string, rows: readonly T[], nameOf: (row: T) => string): Issue[] {
  const names = rows.map(nameOf);
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [{ path: `${area}.${index}`, code: 'input.duplicate', params: { name } }],
  );
}

/** What is pointed at is named in the same input, or is there already. */
function unnamed(input: ProvinceInput, known: Known): Issue[] {
  const departments = new Set(input.departments.map(({ code }) => code));
  const cloudNodes = new Set(input.cloudNodes.map(({ code }) => code));
  const clusters = new Set(input.clusters);
  const missing = (path: string, name: string, there: boolean): Issue[] =>
    there ? [] : [{ path, code: 'input.unknown_name', params: { name } }];
  return [
    ...input.systems.flatMap(({ department: name }, index) =>
      missing(
        `systems.${index}.department`,
        name,
        departments.has(name) || known.departments.has(name),
      ),
    ),
    ...input.pools.flatMap(({ cloudNode, cluster }, index) => [
      ...missing(
        `pools.${index}.cloudNode`,
        cloudNode,
        cloudNodes.has(cloudNode) || known.cloudNodes.has(cloudNode),
      ),
      ...missing(
        `pools.${index}.cluster`,
        cluster,
        clusters.has(cluster) || known.clusters.has(cluster),
      ),
    ]),
  ];
}

/** Nothing is published that the rules could not work with. */
function unfit({ kind, body }: DocumentInput, index: number): readonly Issue[] {
  const faults =
    kind === 'policy'
      ? checkPolicy(body as ApprovalPolicy) // the kind decides the type of the body
      : kind === 'catalog_item'
        ? checkItemBody(body as ItemBody)
        : [];
  return faults.map((fault) => ({
    path: `documents.${index}.body.${fault}`,
    code: 'input.format',
    params: { format: rightOf[fault] ?? `${fault} ≥ 1` },
  }));
}

const rightOf: Readonly<Record<string, string>> = {
  unit: 'cpu: m; memory, storage: MiB; gpu, npu, database: count',
  min: 'min ≥ 0, min % step = 0',
  max: 'max ≥ min',
  steps: 'steps[].code ≠ steps[].code',
  openHoldPermille: '1 ≤ openHoldPermille ≤ 1000',
  graceDays: 'graceDays ≥ 0',
};
