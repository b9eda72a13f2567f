import { failedTasksOf } from '@yunheng/db/queries/provisioning';
import { requestById } from '@yunheng/db/queries/requests';
import { wholeProvince } from '@yunheng/db/scope';
import type { Row, Update } from '@yunheng/db/store';
import { requestCan } from '@yunheng/domain/quota/request-actions';
import { domainError, type DomainError } from '@yunheng/kernel/errors';
import { ok, type Result } from '@yunheng/kernel/result';
import { auditOf } from '../audit-of.ts';
import { authorize } from '../authorize.ts';
import { conflicted, decideAgain } from '../decide-again.ts';
import type { Call, Deps, Outcome } from '../deps.ts';
import { refuse } from '../refuse.ts';
import { eventRow } from '../requests/people.ts';
import { frozenPolicy } from '../requests/rules-in-force.ts';
import { taskWake } from '../wake-up.ts';
import { terms } from './terms.ts';

export interface RetryInput {
  readonly id: string;
  readonly version: number;
}

/** An operator says that what stopped the provisioning is mended, or, after the deletion breaker, that it is meant. */
export function retryTask(deps: Deps, call: Call, input: RetryInput): Outcome<null> {
  return decideAgain(() => once(deps, call, input));
}

async function once(
  deps: Deps,
  call: Call,
  { id, version }: RetryInput,
): Promise<Result<null, DomainError> | typeof conflicted> {
  const request = await requestById(deps.store, wholeProvince, id);
  const subject = {
    action: 'requests.retry',
    subjectKind: 'request',
    subjectId: id,
    tenantId: request?.tenantId ?? null,
  };
  const allowed = authorize(call.actor, 'requests.retry', {});
  if (!allowed.ok) return refuse(deps, call, { subject, error: allowed.error });
  if (request === null)
    return refuse(deps, call, { subject, error: domainError('access.not_found') });
  if (request.version !== version)
    return refuse(deps, call, { subject, error: domainError('request.stale') });
  if (!requestCan.retry(request)) {
    const error = domainError('request.wrong_state', { state: request.state });
    return refuse(deps, call, { subject, error });
  }
  const tasks = await failedTasksOf(deps.store, id);
  const policy = await frozenPolicy(deps.store, request.policyVersionId ?? '');
  const now = deps.clock.business();
  const deadlineAt = now + policy.body.provisioningDays * terms.dayMs;
  const told = eventRow(deps, request, { kind: 'task_retried', actorId: call.actor.userId });
  const outcome = await deps.store.commit({
    audit: auditOf(deps, call, subject),
    updates: [
      {
        table: 'quotaRequests',
        key: id,
        version,
        set: { state: 'approved', updatedAt: now },
      },
      ...tasks.map((task) => queuedAgain(task, { now, deadlineAt })),
    ],
    inserts: [told, ...tasks.map((task) => taskWake(deps, task))],
  });
  return outcome.kind === 'done' ? ok(null) : conflicted;
}

/** The error code stays until the task moves: a deletion that the breaker stopped knows by it that a person agreed. */
const queuedAgain = (
  task: Row<'provisioningTasks'>,
  { now, deadlineAt }: { now: number; deadlineAt: number },
): Update => ({
  table: 'provisioningTasks',
  key: task.id,
  version: task.version,
  set: { state: 'queued', attempts: 0, nextAt: now, deadlineAt, ownerRole: 'operator' },
});
