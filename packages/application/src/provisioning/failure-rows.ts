import type { TaskFacts } from '@yunheng/db/queries/provisioning';
import type { Insert, NewRow, Update } from '@yunheng/db/store';
import type { ErrorCode } from '@yunheng/kernel/errors';
import type { Deps } from '../deps.ts';
import { noticesToSeats, noticeTo } from '../requests/people.ts';
import { terms } from './terms.ts';

interface FailureRows {
  readonly task?: Partial<NewRow<'provisioningTasks'>>;
  readonly inserts?: readonly Insert[];
  readonly updates?: readonly Update[];
}

/** A failed task waits for an operator, who has a deadline of their own (law P7); what is held stays held. */
export async function failureRows(
  deps: Deps,
  { request, allocation }: TaskFacts,
  code: ErrorCode | null,
): Promise<FailureRows> {
  const now = deps.clock.business();
  const params = { number: request.number, namespace: allocation.namespace, code };
  const requestId = request.id;
  return {
    task: { ownerRole: 'operator', deadlineAt: now + terms.personMs },
    updates: [
      {
        table: 'quotaRequests',
        key: request.id,
        version: request.version,
        set: { state: 'failed', updatedAt: now },
      },
    ],
    inserts: [
      ...(await noticesToSeats(
        deps,
        { roles: ['operator'], departmentId: request.departmentId },
        { kind: 'act', code: 'task_failed', params, requestId },
      )),
      noticeTo(deps, request.applicantId, { kind: 'told', code: 'task_failed', params, requestId }),
    ],
  };
}
