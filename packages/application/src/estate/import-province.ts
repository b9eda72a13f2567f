import type { Change, CommitOutcome } from '@yunheng/db/store';
import { domainError, type ErrorParams } from '@yunheng/kernel/errors';
import { err, ok } from '@yunheng/kernel/result';
import { auditOf } from '../audit-of.ts';
import type { Call, Deps, Outcome } from '../deps.ts';
import { changesOfRegistered, type Wanted } from './change-registered.ts';
import { provinceIssues } from './check-province.ts';
import { readKnown } from './known-province.ts';
import { provinceDifferences, type Difference } from './province-differences.ts';
import {
  departmentChange,
  documentInserts,
  estateInserts,
  key,
  systemInserts,
  type Known,
} from './province-rows.ts';
import type { ProvinceInput } from './province.ts';

export interface ProvinceImport {
  readonly province: ProvinceInput;
  /** SM3 of the file's bytes, for the audit; null for what no file says. */
  readonly sm3: string | null;
  /** Takes over entitlements and overcommits that differ; without it what is registered stays as it is. */
  readonly change: boolean;
}

export interface ImportedProvince {
  /** How many rows were written; 0 when everything was there already. */
  readonly rows: number;
  /** Departments and pools that were given their new figures. */
  readonly changed: number;
  /** What is registered otherwise than the input says, and stays so. */
  readonly differences: readonly Difference[];
}

/** Registers what is new. What exists by its code stays as it is and is named where the input says it otherwise. */
export async function importProvince(
  deps: Deps,
  call: Call,
  { province: input, sm3, change }: ProvinceImport,
): Outcome<ImportedProvince> {
  const known = await readKnown(deps.store);
  const issues = provinceIssues(input, known);
  if (issues.length > 0)
    return err(domainError('input.invalid', { count: issues.length }, { issues }));
  const origin: ErrorParams = sm3 === null ? {} : { sm3 };
  const importing = { deps, call, input, known, origin };
  const differences = provinceDifferences(input, known);
  const wanted = peopleChanges(importing);
  const figures = change
    ? await changesOfRegistered(deps, call, { input, known, differences, origin })
    : [];
  const estate = estateChange(importing, wanted.length + figures.length > 0);
  const outcomes = await Promise.all([
    Promise.all([...estate, ...wanted].map((one) => deps.store.commit(one))),
    Promise.all(
      figures.map(async ({ change: one }) => (one === null ? null : deps.store.commit(one))),
    ),
  ]);
  if (outcomes.flat().some((outcome) => outcome?.kind === 'conflict'))
    return err(domainError('store.conflict'));
  const [, ends] = outcomes;
  return ok({
    rows: [...estate, ...wanted].reduce((sum, { inserts = [] }) => sum + inserts.length, 0),
    changed: ends.filter((end) => end?.kind === 'done').length,
    differences: differences.flatMap((one) => remaining(one, { figures, ends })),
  });
}

/** A difference that was taken over is none; one that the ledger refused waits for what is promised. */
function remaining(
  difference: Difference,
  of: { readonly figures: readonly Wanted[]; readonly ends: readonly (CommitOutcome | null)[] },
): readonly Difference[] {
  const { path, remedy } = difference;
  const at = of.figures.findIndex(({ area }) => path.startsWith(`${area}.`));
  if (remedy !== 'ask' || at === -1) return [difference];
  return of.ends[at]?.kind === 'done' ? [] : [{ ...difference, remedy: 'release_first' }];
}

interface Importing {
  readonly deps: Deps;
  readonly call: Call;
  readonly input: ProvinceInput;
  readonly known: Known;
  readonly origin: ErrorParams;
}

/**
 * Nodes, clusters, pools and documents: one Change, because a pool names what stands beside it. Of a file its entry says
 * how much of each kind is new, that of the other Changes too.
 */
function estateChange(importing: Importing, others: boolean): readonly Change[] {
  const { deps, call, input, known, origin } = importing;
  const inserts = [...estateInserts(deps, input, known), ...documentInserts(deps, input, known)];
  const fromFile = origin['sm3'] !== undefined;
  if (inserts.length === 0 && !(fromFile && others)) return [];
  const audit = auditOf(deps, call, {
    action: fromFile ? 'estate.import' : 'estate.seed',
    subjectKind: 'estate',
    subjectId: 'estate',
    tenantId: null,
    detail: fromFile ? { ...newItems(input, known), ...origin } : { rows: inserts.length },
  });
  return [{ audit, inserts }];
}

function newItems(input: ProvinceInput, known: Known): ErrorParams {
  const idOf = (code: string): string => known.departments.get(code)?.id ?? '';
  return {
    departments: input.departments.filter(({ code }) => !known.departments.has(code)).length,
    systems: input.systems.filter(
      ({ department, code }) => !known.systems.has(key(idOf(department), code)),
    ).length,
    cloudNodes: input.cloudNodes.filter(({ code }) => !known.cloudNodes.has(code)).length,
    clusters: input.clusters.filter((name) => !known.clusters.has(name)).length,
    pools: input.pools.filter(({ code }) => !known.pools.has(code)).length,
    documents: input.documents.filter(
      ({ kind, code, revision }) => !known.documents.has(key(kind, code, revision)),
    ).length,
  };
}

/** One Change a department: its row, its entitlement and its systems stand or fall together. */
function peopleChanges({ deps, call, input, known, origin }: Importing): readonly Change[] {
  const systemsOf = Map.groupBy(input.systems, (system) => system.department);
  const fresh = input.departments
    .filter(({ code }) => !known.departments.has(code))
    .map((department): Change => {
      const systems = systemsOf.get(department.code) ?? [];
      return departmentChange(deps, call, {
        department,
        systems,
        from: input.effectiveFrom,
        origin,
      });
    });
  const grown = [...systemsOf].flatMap(([code, systems]): Change[] => {
    const row = known.departments.get(code);
    if (row === undefined) return [];
    const missing = systems.filter((system) => !known.systems.has(key(row.id, system.code)));
    const inserts = systemInserts(deps, row, missing);
    if (inserts.length === 0) return [];
    const audit = auditOf(deps, call, {
      action: 'systems.seed',
      subjectKind: 'department',
      subjectId: row.id,
      tenantId: row.tenantId,
      detail: { systems: inserts.length, ...origin },
    });
    return [{ audit, inserts }];
  });
  return [...fresh, ...grown];
}
