import { cloudNodes, clusters, pools, systemById } from '@yunheng/db/queries/estate';
import { requestsOfSystem } from '@yunheng/db/queries/requests';
import {
  allocatedToOwners,
  allocationsOfSystem,
  grantsOfAllocations,
} from '@yunheng/db/queries/systems';
import type { Row } from '@yunheng/db/store';
import type { ResourceAmounts } from '@yunheng/domain/catalog/resources';
import { scopeOf } from '@yunheng/domain/identity/policy';
import type { Clusters } from '@yunheng/domain/provisioning/cluster';
import type { Instant } from '@yunheng/kernel/clock';
import { domainError } from '@yunheng/kernel/errors';
import { ok } from '@yunheng/kernel/result';
import type { Call, Deps, Outcome } from '../deps.ts';
import { permit } from '../permit.ts';
import { namespaceUse } from '../provisioning/namespace-use.ts';
import { refuse } from '../refuse.ts';
import { foldAmounts, systemRows, type Named, type SystemRow } from './system-rows.ts';

/** Without clusters, or while one is away, nothing is known of use. */
type DetailDeps = Deps & { readonly clusters?: Clusters };

export interface AllocationView {
  readonly id: string;
  readonly environment: Row<'allocations'>['environment'];
  readonly pool: Pick<Row<'pools'>, 'id' | 'code' | 'arch' | 'poolClass'>;
  readonly cloudNode: Named;
  readonly cluster: string;
  readonly namespace: string;
  readonly namespaceUid: string | null;
  readonly state: Row<'allocations'>['state'];
  readonly allocated: ResourceAmounts;
  readonly desired: ResourceAmounts;
  readonly used: ResourceAmounts | null;
  readonly activatedAt: Instant | null;
}

export interface SystemDetail {
  readonly system: SystemRow;
  readonly allocations: AllocationView[];
  readonly requests: Pick<
    Row<'quotaRequests'>,
    'id' | 'number' | 'kind' | 'state' | 'environment' | 'submittedAt'
  >[];
  readonly grants: Pick<
    Row<'quotaGrants'>,
    'id' | 'requestId' | 'amounts' | 'effectiveFrom' | 'effectiveTo'
  >[];
  readonly at: Instant;
}

const action = 'systems.get';

/** One system: its environments as ledger and cluster have them, its requests and its grants. */
export async function systemDetail(
  deps: DetailDeps,
  call: Call,
  input: { readonly id: string },
): Outcome<SystemDetail> {
  const scope = scopeOf(call.actor);
  const system = await systemById(deps.store, scope, input.id);
  const subject = {
    subjectKind: 'system',
    subjectId: input.id,
    tenantId: system?.tenantId ?? null,
  };
  const facts = { tenantId: system?.tenantId ?? null };
  const allowed = await permit(deps, call, { action, subject, facts });
  if (!allowed.ok) return allowed;
  if (system === null) {
    const error = domainError('access.not_found');
    return refuse(deps, call, { subject: { action, ...subject }, error });
  }
  const [rows, requests, allocations] = await Promise.all([
    systemRows(deps.store, [system]),
    requestsOfSystem(deps.store, scope, system.id),
    allocationsOfSystem(deps.store, scope, system.id),
  ]);
  const [row] = rows;
  if (row === undefined) throw new Error('a system that was read has a row');
  return ok({
    system: row,
    allocations: await allocationViews(deps, allocations),
    requests: requests.filter((one) => isVisible(one, call)).map(requestView),
    grants: await grantViews(deps, allocations),
    at: deps.clock.business(),
  });
}

const isVisible = (request: Row<'quotaRequests'>, call: Call): boolean =>
  request.state !== 'draft' || request.applicantId === call.actor.userId;

const requestView = (row: Row<'quotaRequests'>): SystemDetail['requests'][number] => {
  const { id, number, kind, state, environment, submittedAt } = row;
  return { id, number, kind, state, environment, submittedAt };
};

async function grantViews(
  deps: Deps,
  allocations: readonly Row<'allocations'>[],
): Promise<SystemDetail['grants']> {
  const ids = allocations.map(({ id }) => id);
  const rows = await grantsOfAllocations(deps.store, ids);
  return rows.map(({ id, requestId, amounts, effectiveFrom, effectiveTo }) => ({
    id,
    requestId,
    amounts,
    effectiveFrom,
    effectiveTo,
  }));
}

async function allocationViews(
  deps: DetailDeps,
  allocations: readonly Row<'allocations'>[],
): Promise<AllocationView[]> {
  const { store } = deps;
  const ids = allocations.map(({ id }) => id);
  const [poolRows, nodeRows, clusterRows, allocated] = await Promise.all([
    pools(store),
    cloudNodes(store),
    clusters(store),
    allocatedToOwners(store, ids),
  ]);
  const amounts = Map.groupBy(allocated, (one) => one.allocationId);
  const views = allocations.map(async (row): Promise<AllocationView[]> => {
    const pool = poolRows.find(({ id }) => id === row.poolId);
    const node = nodeRows.find(({ id }) => id === pool?.cloudNodeId);
    if (pool === undefined || node === undefined) return [];
    const cluster = clusterRows.find(({ id }) => id === row.clusterId)?.name ?? '';
    return [
      {
        id: row.id,
        environment: row.environment,
        pool: { id: pool.id, code: pool.code, arch: pool.arch, poolClass: pool.poolClass },
        cloudNode: { id: node.id, name: node.name },
        cluster,
        namespace: row.namespace,
        namespaceUid: row.namespaceUid,
        state: row.state,
        allocated: foldAmounts(amounts.get(row.id) ?? []),
        desired: row.desired,
        used: await namespaceUse(deps.clusters?.of(cluster) ?? null, row),
        activatedAt: row.activatedAt,
      },
    ];
  });
  return (await Promise.all(views)).flat();
}
