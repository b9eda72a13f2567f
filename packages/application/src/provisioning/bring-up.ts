import type { Cluster, NamespaceTarget } from '@yunheng/domain/provisioning/cluster';
import { planNamespace, type PlannedStep } from '@yunheng/domain/provisioning/plan';
import { stepsOf, type TaskKind, type TaskStep } from '@yunheng/domain/provisioning/steps';
import { overUse } from '@yunheng/domain/provisioning/projection';
import type { DomainError } from '@yunheng/kernel/errors';
import { invariant } from '@yunheng/kernel/invariant';
import type { Deps } from '../deps.ts';
import { noticeTo } from '../requests/people.ts';
import { finishRows } from './finish-rows.ts';
import type { TaskRun } from './task-run.ts';
import { targetOf } from './target-of.ts';
import { terms } from './terms.ts';

/** Opens a namespace, changes its quota or ends its suspension: looks, plans, writes what is missing, waits until it is in force. */
export async function bringUp(deps: Deps, run: TaskRun, cluster: Cluster): Promise<void> {
  const { task, allocation } = run.facts;
  const target = targetOf(run.facts, task.target);
  const view = await cluster.observe(allocation.namespace);
  const plan = planNamespace(target, view, { uid: allocation.namespaceUid });
  if (!plan.ok) return stopped(run, plan.error);
  const { steps, seen, waitsForVacate } = plan.value;
  const uid = await writeSteps(run, cluster, { target, steps, uid: seen?.uid ?? null });
  if (waitsForVacate) return waitForUse(deps, run, overUse(view?.quota?.used ?? {}, target.hard));
  const quota = await cluster.awaitReady({ target, uid }, terms.readyWaitMs);
  if (quota === null) {
    await run.settle({ kind: 'not_ready' });
    return;
  }
  if (task.kind === 'change') {
    // Pods that started between the look and the write: the limit goes back up until they are gone (law L6).
    const over = overUse(quota.used, target.hard);
    const lowered = overUse(allocation.desired, target.hard);
    if (over.some((resource) => lowered.includes(resource))) {
      await cluster.apply('quota', { ...target, hard: allocation.desired }, { uid });
      return waitForUse(deps, run, over);
    }
  }
  run.reach('ready');
  if (task.kind === 'open') {
    await cluster.apply('access', target, { uid });
    run.reach('access');
  }
  const rows = await finishRows(deps, run.facts, { uid, amounts: task.target });
  await run.settle({ kind: 'finished' }, { rows, params: { uid, cluster: cluster.name } });
}

interface Writing {
  readonly target: NamespaceTarget;
  readonly steps: readonly PlannedStep[];
  readonly uid: string | null;
}

/** The steps of law P3 in their order; what is there already is told without being written again. */
async function writeSteps(
  run: TaskRun,
  cluster: Cluster,
  { target, steps, uid: found }: Writing,
): Promise<string> {
  let uid = found;
  for (const step of ['namespace', 'isolation', 'limits', 'quota'] as const) {
    const planned = steps.some((one) => one.step === step);
    if (planned && step === 'quota' && run.facts.task.kind === 'restore' && uid !== null)
      await cluster.restore(target, uid);
    else if (planned) ({ uid } = await cluster.apply(step, target, uid === null ? null : { uid }));
    invariant(uid !== null, 'a namespace that was not there is always planned');
    const made = run.facts.allocation.namespaceUid === null && step === 'namespace';
    if (planned || alwaysTold(run.facts.task.kind, step))
      run.reach(step, {
        params: { cluster: cluster.name },
        ...(made ? { allocation: { namespaceUid: uid } } : {}),
      });
  }
  invariant(uid !== null, 'the first step answers with a UID');
  return uid;
}

/** A worker that died after it wrote a step could not tell it; a decrease that waits has not written its quota yet. */
const alwaysTold = (kind: TaskKind, step: TaskStep): boolean =>
  kind !== 'change' && stepsOf[kind].includes(step);

/** 等待腾退: the department has to end what it uses. Told once: while it lasts the outbox gives the task out again. */
async function waitForUse(deps: Deps, run: TaskRun, over: readonly string[]): Promise<void> {
  if (run.standing.state === 'waiting_vacate') return;
  const { request, allocation } = run.facts;
  const resources = over.join(', ');
  const told = noticeTo(deps, request.applicantId, {
    kind: 'act',
    code: 'task_waiting_vacate',
    params: { number: request.number, namespace: allocation.namespace, resources },
    requestId: request.id,
  });
  await run.settle({ kind: 'in_use' }, { params: { resources }, rows: { inserts: [told] } });
}

/** A plan that may not be carried out: wait for a deletion to end, or for a person. A stale actor does nothing at all. */
export async function stopped(run: TaskRun, error: DomainError): Promise<void> {
  if (error.code === 'cluster.conflict') return;
  const { params } = error;
  if (params['reason'] === 'terminating') await run.settle({ kind: 'not_ready' }, { params });
  else await run.settle({ kind: 'blocked', code: error.code }, { params });
}
