import { resourceNames, type ResourceAmounts } from '@yunheng/domain/catalog/resources';
import { canonicalJson } from '@yunheng/kernel/canonical';
import { key, type Known } from './province-rows.ts';
import type { ProvinceInput } from './province.ts';

/**
 * What can be done about it. A published version never changes and gets a successor; an entitlement and an overcommit
 * change when that is asked for, as far as the ledger lets them; the rest of a registration stands.
 */
export type Remedy = 'new_revision' | 'ask' | 'release_first' | 'none';

/** A value of the input that is there otherwise. */
export interface Difference {
  /** Where the given value stands in the input: `departments.3.name`. */
  readonly path: string;
  /** The thing it is a value of, as people call it. */
  readonly item: string;
  readonly stored: unknown;
  readonly given: unknown;
  readonly remedy: Remedy;
}

/** Every value that is registered otherwise than the input says it, all at once, in the order of the input. */
export function provinceDifferences(input: ProvinceInput, known: Known): readonly Difference[] {
  return [...since(input, known), ...organisation(input, known), ...estate(input, known)];
}

/** The day is for departments that are new; where none is, a day that none of them has was meant to change something. */
function since(input: ProvinceInput, known: Known): readonly Difference[] {
  const rows = input.departments.map(({ code }) => known.departments.get(code));
  const [first] = rows;
  if (first === undefined) return [];
  const used = rows.some((row) => row === undefined || row.effectiveFrom === input.effectiveFrom);
  return used ? [] : between('effectiveFrom', '', [first.effectiveFrom, input.effectiveFrom]);
}

function organisation(input: ProvinceInput, known: Known): readonly Difference[] {
  const departments = input.departments.flatMap((given, index) => {
    const row = known.departments.get(given.code);
    if (row === undefined) return [];
    const { code, name, divisionCode } = row;
    const entitlement = everyResource(known.entitlements.get(row.id) ?? {});
    return between(`departments.${index}`, code, [
      { code, name, divisionCode, entitlement },
      { ...given, entitlement: everyResource(given.entitlement) },
    ]);
  });
  const systems = input.systems.flatMap((given, index) => {
    const departmentId = known.departments.get(given.department)?.id ?? '';
    const row = known.systems.get(key(departmentId, given.code));
    if (row === undefined) return [];
    const { code, name, protectionLevel, drTier } = row;
    const stored = { department: given.department, code, name, protectionLevel, drTier };
    return between(`systems.${index}`, `${given.department} ${code}`, [stored, given]);
  });
  return [...departments, ...systems];
}

function estate(input: ProvinceInput, known: Known): readonly Difference[] {
  const nodeCodes = new Map([...known.cloudNodes.values()].map(({ id, code }) => [id, code]));
  const clusterNames = new Map([...known.clusters].map(([name, id]) => [id, name]));
  const cloudNodes = input.cloudNodes.flatMap((given, index) => {
    const row = known.cloudNodes.get(given.code);
    if (row === undefined) return [];
    const { code, name, tier, divisionCode } = row;
    return between(`cloudNodes.${index}`, code, [{ code, name, tier, divisionCode }, given]);
  });
  const pools = input.pools.flatMap((given, index) => {
    const row = known.pools.get(given.code);
    if (row === undefined) return [];
    const { code, arch, poolClass, overcommitPermille } = row;
    const place = {
      cloudNode: nodeCodes.get(row.cloudNodeId),
      cluster: clusterNames.get(row.clusterId),
    };
    const stored = { code, ...place, arch, poolClass, overcommitPermille };
    return between(`pools.${index}`, code, [stored, given]);
  });
  const documents = input.documents.flatMap((given, index) => {
    const row = known.documents.get(key(given.kind, given.code, given.revision));
    if (row === undefined) return [];
    const { kind, code, revision, clause, effectiveFrom, body } = row;
    const stored = { kind, code, revision, clause, effectiveFrom, body };
    return between(`documents.${index}`, `${kind} ${code} r${revision}`, [stored, given]);
  });
  return [...cloudNodes, ...pools, ...documents];
}

/** Absent and zero mean the same. */
const everyResource = (amounts: ResourceAmounts): ResourceAmounts =>
  Object.fromEntries(resourceNames.map((resource) => [resource, amounts[resource] ?? 0]));

function between(
  path: string,
  item: string,
  [stored, given]: readonly [unknown, unknown],
): readonly Difference[] {
  if (canonicalJson(stored) === canonicalJson(given)) return [];
  const inside = membersOf(stored, given);
  if (inside === null) {
    return [{ path, item, stored: stored ?? null, given: given ?? null, remedy: remedyOf(path) }];
  }
  return inside.flatMap(([name, ...pair]) => between(`${path}.${name}`, item, pair));
}

/** Two records member by member, two lists of one length place by place; null for what is compared as a whole. */
function membersOf(stored: unknown, given: unknown): [string, unknown, unknown][] | null {
  if (!isObject(stored) || !isObject(given)) return null;
  const lists = [stored, given].filter((one) => Array.isArray(one)).length;
  const names = new Set([...Object.keys(given), ...Object.keys(stored)]);
  if (lists === 1 || (lists === 2 && names.size * 2 !== entriesOf(stored, given))) return null;
  return [...names].map((name) => [name, stored[name], given[name]]);
}

const entriesOf = (...objects: readonly object[]): number =>
  objects.reduce((sum, one) => sum + Object.keys(one).length, 0);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function remedyOf(path: string): Remedy {
  const [area, , member] = path.split('.');
  if (area === 'documents') return 'new_revision';
  return member === 'entitlement' || member === 'overcommitPermille' ? 'ask' : 'none';
}
