import { sm3Hex } from '@yunheng/db/sm3';
import type { Change, Insert, Row } from '@yunheng/db/store';
import { resourceNames, type ResourceAmounts } from '@yunheng/domain/catalog/resources';
import { entitlementEntries } from '@yunheng/domain/ledger/book-entries';
import type { TransferDraft } from '@yunheng/domain/ledger/transfer';
import { canonicalJson } from '@yunheng/kernel/canonical';
import type { Instant } from '@yunheng/kernel/clock';
import type { ErrorParams } from '@yunheng/kernel/errors';
import { invariant } from '@yunheng/kernel/invariant';
import { auditOf } from '../audit-of.ts';
import type { Call, Deps } from '../deps.ts';
import type { DepartmentInput, ProvinceInput, SystemInput } from './province.ts';

/** What is there already, by code. */
export interface Known {
  readonly departments: ReadonlyMap<string, Row<'departments'>>;
  /** By the department's id. */
  readonly entitlements: ReadonlyMap<string, ResourceAmounts>;
  readonly systems: ReadonlyMap<string, Row<'informationSystems'>>;
  readonly cloudNodes: ReadonlyMap<string, Row<'cloudNodes'>>;
  readonly clusters: ReadonlyMap<string, string>;
  readonly pools: ReadonlyMap<string, Row<'pools'>>;
  readonly documents: ReadonlyMap<string, Row<'versionedDocuments'>>;
}

export const key = (...parts: readonly (string | number)[]): string => parts.join('|');

export function estateInserts(deps: Deps, input: ProvinceInput, known: Known): Insert[] {
  const nodeIds = new Map([...known.cloudNodes].map(([code, { id }]) => [code, id]));
  const clusterIds = new Map(known.clusters);
  const inserts: Insert[] = [];
  for (const node of input.cloudNodes.filter(({ code }) => !nodeIds.has(code))) {
    const id = deps.ids.next('cloudNode');
    nodeIds.set(node.code, id);
    inserts.push({ table: 'cloudNodes', row: { id, ...node, version: 1 } });
  }
  for (const name of input.clusters.filter((one) => !clusterIds.has(one))) {
    const id = deps.ids.next('cluster');
    clusterIds.set(name, id);
    const unseen = { uid: null, kubernetesVersion: null, lastSeenAt: null };
    inserts.push({
      table: 'clusters',
      row: { id, name, ...unseen, state: 'preparing', version: 1 },
    });
  }
  for (const { cloudNode, cluster, ...pool } of input.pools) {
    if (known.pools.has(pool.code)) continue;
    const cloudNodeId = nodeIds.get(cloudNode);
    const clusterId = clusterIds.get(cluster);
    invariant(
      cloudNodeId && clusterId,
      `${pool.code} stands on a node and a cluster that are named`,
    );
    const place = { cloudNodeId, clusterId };
    const unread = { observed: null, observedAt: null, workers: null };
    const row = { id: deps.ids.next('pool'), ...pool, ...place, ...unread, version: 1 };
    inserts.push({ table: 'pools', row });
  }
  return inserts;
}

export function documentInserts(deps: Deps, input: ProvinceInput, known: Known): Insert[] {
  return input.documents
    .filter(({ kind, code, revision }) => !known.documents.has(key(kind, code, revision)))
    .map((document): Insert => ({
      table: 'versionedDocuments',
      row: {
        id: deps.ids.next(document.kind === 'catalog_item' ? 'catalogItem' : 'policy'),
        ...document,
        state: 'published',
        digest: sm3Hex(canonicalJson(document.body)),
        effectiveTo: null,
        recordedAt: deps.clock.business(),
        version: 1,
      },
    }));
}

interface NewDepartment {
  readonly department: DepartmentInput;
  readonly systems: readonly SystemInput[];
  readonly from: Instant;
  readonly origin: ErrorParams;
}

export function departmentChange(deps: Deps, call: Call, of: NewDepartment): Change {
  const { code, name, divisionCode, entitlement } = of.department;
  const row = {
    id: deps.ids.next('department'),
    tenantId: deps.ids.next('tenant'),
    code,
    name,
    divisionCode,
    effectiveFrom: of.from,
    effectiveTo: null,
    recordedAt: deps.clock.business(),
    version: 1,
  };
  return {
    audit: auditOf(deps, call, {
      action: 'departments.seed',
      subjectKind: 'department',
      subjectId: row.id,
      tenantId: row.tenantId,
      detail: { code, systems: of.systems.length, ...of.origin },
    }),
    transfers: entitlementTransfers(deps, row.id, { entitlement, from: of.from }),
    inserts: [{ table: 'departments', row }, ...systemInserts(deps, row, of.systems)],
  };
}

function entitlementTransfers(
  deps: Deps,
  departmentId: string,
  of: { entitlement: ResourceAmounts; from: Instant },
): TransferDraft[] {
  const entries = resourceNames.flatMap((resource) => {
    const amount = of.entitlement[resource] ?? 0;
    return amount === 0 ? [] : entitlementEntries(departmentId, resource, amount);
  });
  if (entries.length === 0) return [];
  const cause = { kind: 'entitlement', id: `${departmentId}:1` } as const;
  return [{ id: deps.ids.next('transfer'), cause, effectiveAt: of.from, entries }];
}

export function systemInserts(
  deps: Deps,
  department: { readonly id: string; readonly tenantId: string },
  systems: readonly SystemInput[],
): Insert[] {
  return systems.map(({ department: _named, ...system }): Insert => ({
    table: 'informationSystems',
    row: {
      id: deps.ids.next('system'),
      tenantId: department.tenantId,
      departmentId: department.id,
      ...system,
      recordedAt: deps.clock.business(),
      version: 1,
    },
  }));
}
