import type { Insert, Row } from '@yunheng/db/store';
import type { Deps } from '../deps.ts';
import { taskWake } from '../wake-up.ts';
import { provisioningDeadline, type Takeover } from './takeover.ts';

/** Every step of the takeover policy, decided by its own person on exactly this content (laws A1, A2). */
export function chainRows(deps: Deps, takeover: Takeover): readonly Insert[] {
  const { policy, deciderIds, digest, at, requestId } = takeover;
  return policy.body.steps.map((step, index) => {
    const row: Row<'approvalSteps'> = {
      id: deps.ids.next('step'),
      requestId,
      revision: 1,
      seq: index + 1,
      roles: [...step.roles],
      code: step.code,
      state: 'approved',
      startedAt: at,
      dueAt: at,
      decidedBy: deciderIds[index] ?? null,
      decidedAt: at,
      opinion: takeover.content.reason,
      digest,
      version: 1,
    };
    return { table: 'approvalSteps', row };
  });
}

/** Allocation, grant, task and its wake-up, as the last approval of any request leaves them. */
export function provisioningRows(deps: Deps, takeover: Takeover): readonly Insert[] {
  const allocation = allocationRow(deps, takeover);
  const task = taskRow(deps, takeover, allocation.id);
  const { system, requestId, digest, at } = takeover;
  const grant = {
    id: deps.ids.next('grant'),
    tenantId: system.tenantId,
    requestId,
    allocationId: allocation.id,
    amounts: allocation.desired,
    digest,
    effectiveFrom: at,
    effectiveTo: null,
    recordedAt: at,
    version: 1,
  };
  return [
    { table: 'allocations', row: allocation },
    { table: 'quotaGrants', row: grant },
    { table: 'provisioningTasks', row: task },
    taskWake(deps, task),
  ];
}

function allocationRow(deps: Deps, takeover: Takeover): Row<'allocations'> {
  const { system, pool, row, content, at } = takeover;
  return {
    id: deps.ids.next('allocation'),
    tenantId: system.tenantId,
    departmentId: system.departmentId,
    systemId: system.id,
    environment: row.environment,
    poolId: pool.id,
    clusterId: pool.clusterId,
    namespace: row.namespace,
    namespaceUid: null,
    desired: Object.fromEntries(content.lines.map((line) => [line.resource, line.amount])),
    state: 'opening',
    generation: 1,
    openedAt: at,
    activatedAt: null,
    removedAt: null,
    version: 1,
  };
}

const taskRow = (
  deps: Deps,
  takeover: Takeover,
  allocationId: string,
): Row<'provisioningTasks'> => ({
  id: deps.ids.next('task'),
  tenantId: takeover.system.tenantId,
  requestId: takeover.requestId,
  allocationId,
  kind: 'open',
  state: 'queued',
  target: Object.fromEntries(takeover.content.lines.map((line) => [line.resource, line.amount])),
  generation: 1,
  step: null,
  attempts: 0,
  deadlineAt: provisioningDeadline(takeover),
  ownerRole: 'operator',
  nextAt: takeover.at,
  errorCode: null,
  errorParams: null,
  createdAt: takeover.at,
  finishedAt: null,
  version: 1,
});

/** The timeline that a page shows: the same words as for any request. */
export function eventRows(deps: Deps, takeover: Takeover): readonly Insert[] {
  const event = (
    kind: string,
    actorId: string | null,
    params: Row<'requestEvents'>['params'] = {},
  ): Insert => ({
    table: 'requestEvents',
    row: {
      id: deps.ids.next('event'),
      requestId: takeover.requestId,
      tenantId: takeover.system.tenantId,
      at: takeover.at,
      kind,
      actorId,
      params,
    },
  });
  return [
    event('submitted', takeover.applicantId, { revision: 1 }),
    ...takeover.policy.body.steps.map((step, index) =>
      event('step_approved', takeover.deciderIds[index] ?? null, {
        step: step.code,
        opinion: takeover.content.reason,
      }),
    ),
    event('chain_complete', null),
    event('task_queued', null),
  ];
}
