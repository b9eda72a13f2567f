import { capacityTotals } from '@yunheng/db/queries/capacity';
import { pools as poolRows } from '@yunheng/db/queries/estate';
import { activeAllocations, freedByTasks, unfinishedTasks } from '@yunheng/db/queries/laws/waiting';
import { allocatedToOwners } from '@yunheng/db/queries/systems';
import type { Row } from '@yunheng/db/store';
import { resourceNames, type ResourceAmounts } from '@yunheng/domain/catalog/resources';
import { supplyOf } from '@yunheng/domain/estate/supply';
import type { Clusters } from '@yunheng/domain/provisioning/cluster';
import { overUse } from '@yunheng/domain/provisioning/projection';
import type { Deps } from '../../deps.ts';
import { cellsByPool } from '../../estate/cells.ts';
import { foldAmounts } from '../../estate/system-rows.ts';
import {
  sweepClusters,
  type ClusterSweep,
  type Finding,
  type Swept,
} from '../../provisioning/sweep.ts';
import type { Looked } from './law.ts';
import { lookAtFloors } from './ledger-laws.ts';

/** L1: nothing below its floor, nothing oversold, and no more supply than the clusters carry. */
export async function lookAtCapacity(deps: Deps, clusters: Clusters): Promise<Looked> {
  const [floors, oversold, supply] = await Promise.all([
    lookAtFloors(deps.store),
    lookAtOversold(deps),
    sweepClusters(deps, clusters, sweepSupply),
  ]);
  return {
    checked: floors.checked + oversold.checked + supply.checked,
    findings: [...floors.findings, ...oversold.findings, ...supply.findings.map(said)],
    unread: supply.unread,
  };
}

async function lookAtOversold(deps: Deps): Promise<Looked> {
  const cells = [...cellsByPool(await capacityTotals(deps.store, null))].flatMap(([pool, rows]) =>
    rows.map((cell) => ({ pool, ...cell })),
  );
  return {
    checked: cells.length,
    findings: cells
      .filter(({ supply, held, allocated }) => held + allocated > supply)
      .map(
        ({ pool, resource, supply, held, allocated }) =>
          `${pool} has promised ${held + allocated} of ${resource}, its supply is ${supply}`,
      ),
  };
}

const sweepSupply: ClusterSweep = async (deps, row, cluster) => {
  const readings = await cluster.readPools();
  const [pools, totals] = await Promise.all([
    poolRows(deps.store),
    capacityTotals(deps.store, null),
  ]);
  const cells = cellsByPool(totals);
  const own = pools.filter((pool) => pool.clusterId === row.id);
  const findings = own.flatMap((pool) => {
    const reading = readings.find((one) => one.pool === pool.code);
    const carried = supplyOf(reading?.allocatable ?? {}, pool.overcommitPermille);
    return (cells.get(pool.id) ?? [])
      .filter((cell) => cell.supply > (carried[cell.resource] ?? 0))
      .map(({ resource, supply }): Finding => ({
        law: 'L1',
        kind: 'supply_beyond_workers',
        subject: pool.code,
        cluster: row.name,
        detail: { resource, supply, carried: carried[resource] ?? 0 },
      }));
  });
  return { checked: own.length, findings };
};

/** L6: what is in use stays allocated, and a decrease that waits has given nothing back yet. */
export async function lookAtUse(deps: Deps, clusters: Clusters): Promise<Looked> {
  const [waiting, use] = await Promise.all([
    lookAtWaitingDecreases(deps),
    sweepClusters(deps, clusters, sweepUse),
  ]);
  return {
    checked: waiting.checked + use.checked,
    findings: [...waiting.findings, ...use.findings.map(said)],
    unread: use.unread,
  };
}

async function lookAtWaitingDecreases(deps: Deps): Promise<Looked> {
  const tasks = (await unfinishedTasks(deps.store)).filter((task) => task.kind !== 'open');
  const freed = await freedByTasks(
    deps.store,
    tasks.map((task) => task.id),
  );
  return {
    checked: tasks.length,
    findings: [
      ...freed.map((id) => `task ${id} gave capacity back before the cluster confirmed it`),
      ...tasks.filter(isUnowned).map((task) => `task ${task.id} waits without owner or deadline`),
    ],
  };
}

const isUnowned = (task: Row<'provisioningTasks'>): boolean =>
  task.state === 'waiting_vacate' && (task.ownerRole === '' || !(task.deadlineAt > 0));

const sweepUse: ClusterSweep = async (deps, row, cluster) => {
  const views = new Map((await cluster.listManaged()).map((view) => [view.name, view]));
  const [allocations, tasks] = await Promise.all([
    activeAllocations(deps.store, row.id),
    unfinishedTasks(deps.store),
  ]);
  const amounts = Map.groupBy(
    await allocatedToOwners(
      deps.store,
      allocations.map(({ id }) => id),
    ),
    (one) => one.allocationId,
  );
  const findings = allocations.flatMap((allocation) => {
    const used: ResourceAmounts = views.get(allocation.namespace)?.quota?.used ?? {};
    const allocated = mostOf([
      foldAmounts(amounts.get(allocation.id) ?? []),
      // An increase that the cluster shows already is still held for its task.
      ...tasks.filter((task) => task.allocationId === allocation.id).map((task) => task.target),
    ]);
    return overUse(used, allocated).map((resource): Finding => ({
      law: 'L6',
      kind: 'used_beyond_allocated',
      subject: allocation.namespace,
      cluster: row.name,
      detail: { resource, used: used[resource] ?? 0, allocated: allocated[resource] ?? 0 },
    }));
  });
  return { checked: allocations.length, findings };
};

function mostOf(several: readonly ResourceAmounts[]): ResourceAmounts {
  return Object.fromEntries(
    resourceNames.map((name) => [name, Math.max(...several.map((amounts) => amounts[name] ?? 0))]),
  );
}

/** A finding of a cluster sweep in one line. */
export function said({ kind, subject, cluster, detail }: Finding): string {
  const figures = Object.entries(detail).map(([name, value]) => `${name} ${value ?? '-'}`);
  return `${cluster}: ${kind} ${subject} (${figures.join(', ')})`;
}

export const lookedFrom = ({ checked, findings, unread }: Swept): Looked => ({
  checked,
  findings: findings.map(said),
  unread,
});
