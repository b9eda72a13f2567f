import type { Row } from '@yunheng/db/store';
import { obstacleToDeciding } from '@yunheng/domain/approval/chain';
import { may, type ProcedureName } from '@yunheng/domain/identity/policy';
import type { TaskStep } from '@yunheng/domain/provisioning/steps';
import { obstacleToTakingBack } from '@yunheng/domain/provisioning/task';
import { requestCan, type RequestAction } from '@yunheng/domain/quota/request-actions';
import type { ErrorCode } from '@yunheng/kernel/errors';
import { allocationsByIds } from '@yunheng/db/queries/requests';
import type { Call, Deps } from '../deps.ts';
import { mayMove } from './renew-holds.ts';

export interface ActionView {
  readonly name: RequestAction;
  readonly allowed: boolean;
  readonly reason: string | null;
}

const procedureOf: Readonly<Record<RequestAction, ProcedureName>> = {
  edit: 'requests.saveDraft',
  submit: 'requests.submit',
  discard: 'requests.discardDraft',
  withdraw: 'requests.withdraw',
  decide: 'requests.decide',
  move: 'requests.decide',
  retry: 'requests.retry',
  restore: 'requests.restore',
  kubeconfig: 'access.kubeconfig',
};

interface Standing {
  readonly request: Row<'quotaRequests'>;
  readonly steps: readonly Row<'approvalSteps'>[];
  readonly tasks: readonly Row<'provisioningTasks'>[];
  /** Whoever submitted a revision (law A2). */
  readonly authorIds: readonly string[];
}

/** From the same tables that the server enforces: what this reader may do now, or the code that says why not. */
export async function requestActionsFor(
  deps: Deps,
  call: Call,
  standing: Standing,
): Promise<Record<RequestAction, { allowed: boolean; reason: string | null }>> {
  const live = await hasLiveAllocation(deps, standing);
  const verdict = (name: RequestAction): { allowed: boolean; reason: string | null } => {
    const code = obstacle(call, standing, { name, live });
    return { allowed: code === null, reason: code };
  };
  return {
    edit: verdict('edit'),
    submit: verdict('submit'),
    discard: verdict('discard'),
    withdraw: verdict('withdraw'),
    decide: verdict('decide'),
    move: verdict('move'),
    retry: verdict('retry'),
    restore: verdict('restore'),
    kubeconfig: verdict('kubeconfig'),
  };
}

function obstacle(
  call: Call,
  { request, steps, tasks, authorIds }: Standing,
  act: { name: RequestAction; live: boolean },
): ErrorCode | null {
  const facts = {
    departmentId: request.departmentId,
    tenantId: request.tenantId,
    ownerId: request.applicantId,
  };
  const rights = may(call.actor, procedureOf[act.name], facts);
  if (!rights.allowed) return rights.code;
  if (!requestCan[act.name](request)) return 'request.wrong_state';
  if (act.name === 'restore') return obstacleToRestoring(tasks);
  if (act.name === 'kubeconfig' && !act.live) return 'allocation.not_active';
  if (act.name !== 'decide' && act.name !== 'move') return null;
  const { applicantId, departmentId } = request;
  const personal = obstacleToDeciding({
    actor: call.actor,
    applicantId,
    authorIds,
    departmentId,
    steps,
  });
  if (personal !== null) return personal;
  if (act.name === 'decide') return null;
  if (!mayMove(call)) return 'access.forbidden';
  return request.kind === 'new' ? null : 'request.move_standing';
}

/** A release has one task. */
function obstacleToRestoring([task]: Standing['tasks']): ErrorCode | null {
  if (task === undefined) return 'request.wrong_state';
  const step = task.step as TaskStep | null; // steps of the row were written from a TaskStep
  return obstacleToTakingBack({ ...task, step });
}

async function hasLiveAllocation(deps: Deps, { request, tasks }: Standing): Promise<boolean> {
  const ids = [
    ...tasks.map((task) => task.allocationId),
    ...(request.allocationId === null ? [] : [request.allocationId]),
  ];
  if (ids.length === 0) return false;
  return (await allocationsByIds(deps.store, ids)).some((row) => row.state === 'active');
}
