import { departmentById, pools as allPools, systemById } from '@yunheng/db/queries/estate';
import { balancesOfOwner } from '@yunheng/db/queries/balances';
import { allocationById, allocationsEver } from '@yunheng/db/queries/requests';
import { wholeProvince } from '@yunheng/db/scope';
import type { Insert, Row, Update } from '@yunheng/db/store';
import type { ApprovalPolicy } from '@yunheng/domain/approval/policy';
import type { ResourceAmounts, ResourceName } from '@yunheng/domain/catalog/resources';
import { namespaceName } from '@yunheng/domain/tenancy/namespace-name';
import { domainError, type DomainError } from '@yunheng/kernel/errors';
import { invariant } from '@yunheng/kernel/invariant';
import { err, ok, type Result } from '@yunheng/kernel/result';
import type { Deps } from '../deps.ts';
import { taskWake } from '../wake-up.ts';
import { amountsByScope } from './content-facts.ts';
import type { DecisionRows } from './decision.ts';
import { eventRow, noticeTo } from './people.ts';

interface Completion {
  readonly request: Row<'quotaRequests'>;
  readonly lines: readonly Row<'requestLines'>[];
  readonly policy: ApprovalPolicy;
  readonly digest: string;
}

/** What one allocation shall become, with the generation that fences every earlier actor (law P5). */
interface Intent {
  readonly allocation: Pick<Row<'allocations'>, 'id' | 'generation'>;
  readonly kind: Row<'provisioningTasks'>['kind'];
  readonly target: ResourceAmounts;
  readonly inserts: readonly Insert[];
  readonly updates: readonly Update[];
}

/** The last approval: allocations opened or their generation raised, grants, tasks and outbox rows, in the same commit. */
export async function completeChain(
  deps: Deps,
  of: Completion,
): Promise<Result<DecisionRows, DomainError>> {
  const intents =
    of.request.kind === 'new' ? await openAllocations(deps, of) : await standingIntent(deps, of);
  if (!intents.ok) return intents;
  const { request } = of;
  const now = deps.clock.business();
  return ok({
    transfers: [],
    updates: [
      {
        table: 'quotaRequests',
        key: request.id,
        version: request.version,
        set: {
          state: 'approved',
          currentStepId: null,
          dueAt: null,
          decidedAt: now,
          updatedAt: now,
        },
      },
      ...intents.value.flatMap((intent) => intent.updates),
    ],
    inserts: [
      ...intents.value.flatMap((intent) => [...intent.inserts, ...taskRows(deps, of, intent)]),
      eventRow(deps, request, { kind: 'chain_complete', actorId: null }),
      eventRow(deps, request, { kind: 'task_queued', actorId: null }),
      noticeTo(deps, request.applicantId, {
        kind: 'told',
        code: 'request_approved',
        params: { number: request.number },
        requestId: request.id,
      }),
    ],
  });
}

/** One allocation per pool that the lines ended up in. */
async function openAllocations(deps: Deps, of: Completion): Promise<Result<Intent[], DomainError>> {
  const { request, lines } = of;
  const [system, department, pools, ever] = await Promise.all([
    systemById(deps.store, wholeProvince, request.systemId),
    departmentById(deps.store, wholeProvince, request.departmentId),
    allPools(deps.store),
    allocationsEver(deps.store, request.systemId, request.environment),
  ]);
  invariant(system && department, 'a request names a system and a department that exist');
  const poolIds = [...new Set(lines.map((line) => line.poolId ?? ''))];
  const standing = ever.find((row) => row.state !== 'removed' && poolIds.includes(row.poolId));
  if (standing !== undefined) {
    return err(domainError('request.allocation_exists', { namespace: standing.namespace }));
  }
  const intents = poolIds.map((poolId, index): Intent => {
    const pool = pools.find((candidate) => candidate.id === poolId);
    invariant(pool, 'a held line names a pool that exists');
    const target = amountsOf(lines.filter((line) => line.poolId === poolId));
    const namespace = namespaceName({
      department: department.code,
      system: system.code,
      environment: request.environment,
      ordinal: ever.length + index + 1,
    });
    const row = newAllocation(deps, { request, pool, namespace, target });
    return {
      allocation: row,
      kind: 'open',
      target,
      inserts: [{ table: 'allocations', row }],
      updates: [],
    };
  });
  return ok(intents);
}

const newAllocation = (
  deps: Deps,
  of: {
    request: Row<'quotaRequests'>;
    pool: Row<'pools'>;
    namespace: string;
    target: ResourceAmounts;
  },
): Row<'allocations'> => ({
  id: deps.ids.next('allocation'),
  tenantId: of.request.tenantId,
  departmentId: of.request.departmentId,
  systemId: of.request.systemId,
  environment: of.request.environment,
  poolId: of.pool.id,
  clusterId: of.pool.clusterId,
  namespace: of.namespace,
  namespaceUid: null,
  desired: of.target,
  state: 'opening',
  generation: 1,
  openedAt: deps.clock.business(),
  activatedAt: null,
  removedAt: null,
  version: 1,
});

/** Change and release work on the allocation that stands. */
async function standingIntent(deps: Deps, of: Completion): Promise<Result<Intent[], DomainError>> {
  const { request, lines } = of;
  const allocation = await allocationById(deps.store, wholeProvince, request.allocationId ?? '');
  if (allocation === null || allocation.state !== 'active')
    return err(domainError('allocation.not_active'));
  const standing =
    amountsByScope(await balancesOfOwner(deps.store, allocation.id)).get(allocation.poolId) ?? {};
  const generation = allocation.generation + 1;
  return ok([
    {
      allocation: { id: allocation.id, generation },
      kind: request.kind === 'release' ? 'release' : 'change',
      target: request.kind === 'release' ? {} : { ...standing, ...amountsOf(lines) },
      inserts: [],
      updates: [
        {
          table: 'allocations',
          key: allocation.id,
          version: allocation.version,
          set: { generation },
        },
      ],
    },
  ]);
}

function taskRows(deps: Deps, of: Completion, intent: Intent): Insert[] {
  const { request, policy, digest } = of;
  const now = deps.clock.business();
  const taskId = deps.ids.next('task');
  const allocationId = intent.allocation.id;
  return [
    {
      table: 'quotaGrants',
      row: {
        id: deps.ids.next('grant'),
        tenantId: request.tenantId,
        requestId: request.id,
        allocationId,
        amounts: intent.target,
        digest,
        effectiveFrom: now,
        effectiveTo: null,
        recordedAt: now,
        version: 1,
      },
    },
    {
      table: 'provisioningTasks',
      row: {
        id: taskId,
        tenantId: request.tenantId,
        requestId: request.id,
        allocationId,
        kind: intent.kind,
        state: 'queued',
        target: intent.target,
        generation: intent.allocation.generation,
        step: null,
        attempts: 0,
        deadlineAt: now + policy.provisioningDays * 86_400_000,
        ownerRole: 'operator',
        nextAt: now,
        errorCode: null,
        errorParams: null,
        createdAt: now,
        finishedAt: null,
        version: 1,
      },
    },
    taskWake(deps, { id: taskId, allocationId }),
  ];
}

function amountsOf(lines: readonly Row<'requestLines'>[]): ResourceAmounts {
  const amounts: Partial<Record<ResourceName, number>> = {};
  for (const line of lines) amounts[line.resource] = (amounts[line.resource] ?? 0) + line.amount;
  return amounts;
}
