import { catalogVersions } from '@yunheng/db/queries/catalog';
import { cloudNodes, clusters, departments, pools } from '@yunheng/db/queries/estate';
import { allSystems } from '@yunheng/db/queries/systems';
import { wholeProvince } from '@yunheng/db/scope';
import type { Change, CommitOutcome } from '@yunheng/db/store';
import { domainError } from '@yunheng/kernel/errors';
import { err, ok } from '@yunheng/kernel/result';
import { auditOf } from '../audit-of.ts';
import type { Call, Deps, Outcome } from '../deps.ts';
import { provinceIssues } from './check-province.ts';
import type { ProvinceInput } from './province.ts';
import {
  departmentChange,
  documentInserts,
  estateInserts,
  key,
  systemInserts,
  type Known,
} from './province-rows.ts';

export interface SeededProvince {
  /** How many rows were written; 0 when everything was there already. */
  readonly rows: number;
}

/** Loads a province. What exists by its code stays as it is, so that a second run changes nothing. */
export async function seedProvince(
  deps: Deps,
  call: Call,
  input: ProvinceInput,
): Outcome<SeededProvince> {
  const known = await readKnown(deps);
  const issues = provinceIssues(input, known);
  if (issues.length > 0)
    return err(domainError('input.invalid', { count: issues.length }, { issues }));
  const seeding = { deps, call, input, known };
  const wanted = [...estateChange(seeding), ...peopleChanges(seeding)];
  const outcomes = await Promise.all(wanted.map((change) => deps.store.commit(change)));
  return outcomes.every(isDone)
    ? ok({ rows: wanted.reduce((sum, { inserts = [] }) => sum + inserts.length, 0) })
    : err(domainError('store.conflict'));
}

interface Seeding {
  readonly deps: Deps;
  readonly call: Call;
  readonly input: ProvinceInput;
  readonly known: Known;
}

const isDone = (outcome: CommitOutcome): boolean => outcome.kind === 'done';

async function readKnown(deps: Deps): Promise<Known> {
  const { store } = deps;
  const [departmentRows, systemRows, nodeRows, clusterRows, poolRows, versions] = await Promise.all(
    [
      departments(store, wholeProvince),
      allSystems(store, wholeProvince),
      cloudNodes(store),
      clusters(store),
      pools(store),
      catalogVersions(store),
    ],
  );
  return {
    departments: new Map(departmentRows.map((row) => [row.code, row])),
    systems: new Set(systemRows.map((row) => key(row.departmentId, row.code))),
    cloudNodes: new Map(nodeRows.map((row) => [row.code, row.id])),
    clusters: new Map(clusterRows.map((row) => [row.name, row.id])),
    pools: new Set(poolRows.map((row) => row.code)),
    documents: new Set(versions.map((row) => key(row.kind, row.code, row.revision))),
  };
}

/** Nodes, clusters, pools and documents: one Change, because a pool names what stands beside it. */
function estateChange({ deps, call, input, known }: Seeding): readonly Change[] {
  const inserts = [...estateInserts(deps, input, known), ...documentInserts(deps, input, known)];
  if (inserts.length === 0) return [];
  const audit = auditOf(deps, call, {
    action: 'estate.seed',
    subjectKind: 'estate',
    subjectId: 'estate',
    tenantId: null,
    detail: { rows: inserts.length },
  });
  return [{ audit, inserts }];
}

/** One Change a department: its row, its entitlement and its systems stand or fall together. */
function peopleChanges({ deps, call, input, known }: Seeding): readonly Change[] {
  const systemsOf = Map.groupBy(input.systems, (system) => system.department);
  return input.departments.flatMap((department) => {
    const systems = systemsOf.get(department.code) ?? [];
    const row = known.departments.get(department.code);
    if (row === undefined) {
      return [departmentChange(deps, call, { department, systems, from: input.effectiveFrom })];
    }
    const missing = systems.filter(({ code }) => !known.systems.has(key(row.id, code)));
    const inserts = systemInserts(deps, row, missing);
    if (inserts.length === 0) return [];
    const audit = auditOf(deps, call, {
      action: 'systems.seed',
      subjectKind: 'department',
      subjectId: row.id,
      tenantId: row.tenantId,
      detail: { systems: inserts.length },
    });
    return [{ audit, inserts }];
  });
}
