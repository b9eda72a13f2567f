import { hasOlderTask, taskFacts, type TaskFacts } from '@yunheng/db/queries/provisioning';
import type { Cluster, Clusters } from '@yunheng/domain/provisioning/cluster';
import { isOverdue, isUnderWay } from '@yunheng/domain/provisioning/task';
import { AdapterError } from '@yunheng/kernel/errors';
import { auditOf } from '../audit-of.ts';
import type { Deps } from '../deps.ts';
import { systemCall } from '../identity/system-call.ts';
import { bringUp } from './bring-up.ts';
import { takeDown } from './take-down.ts';
import { startRun, type TaskRun } from './task-run.ts';
import { TakenOver } from './task-writer.ts';

/** What a wake-up came to; for logs and metrics, nobody decides by it. */
export type TaskPass = 'unknown' | 'resting' | 'not_its_turn' | 'taken_over' | 'passed';

const looks = 3;

/**
 * One wake-up of one task: looks at the cluster, does what is missing, writes down what came of it. May be called at
 * any time, any number of times, by anybody at once; a worker that dies anywhere leaves nothing that the next does
 * not see (laws P5, P6).
 */
export async function runTask(deps: Deps, clusters: Clusters, taskId: string): Promise<TaskPass> {
  let version: number | null = null;
  for (let look = 0; look < looks; look++) {
    const facts = await taskFacts(deps.store, taskId);
    if (facts === null) return 'unknown';
    if (!isUnderWay(facts.task.state)) return rest(deps, facts);
    if (await hasOlderTask(deps.store, facts.task)) return 'not_its_turn';
    // Another worker's commit, not a row beside the task: that one goes on.
    if (version !== null && facts.task.version !== version) return 'taken_over';
    const run = startRun(deps, facts);
    try {
      await pass(deps, run, clusters.of(facts.cluster.name));
      return 'passed';
    } catch (error) {
      if (!(error instanceof TakenOver)) throw error;
      ({ version } = run);
    }
  }
  return 'taken_over';
}

/** A task that rests needs no wake-up any more. */
async function rest(deps: Deps, { task, wake }: TaskFacts): Promise<TaskPass> {
  if (wake === null) return 'resting';
  const subject = { subjectKind: 'task', subjectId: task.id, tenantId: task.tenantId };
  await deps.store.commit({
    audit: auditOf(deps, systemCall, { action: 'provisioning.rest', ...subject }),
    updates: [
      {
        table: 'outbox',
        key: wake.id,
        version: wake.version,
        set: { doneAt: deps.clock.business() },
      },
    ],
  });
  return 'resting';
}

async function pass(deps: Deps, run: TaskRun, cluster: Cluster | null): Promise<void> {
  if (isOverdue(run.standing, deps.clock.business())) {
    await run.settle({ kind: 'overdue' });
    return;
  }
  if (cluster === null) return away(run, {});
  try {
    await (run.facts.task.kind === 'release'
      ? takeDown(deps, run, cluster)
      : bringUp(deps, run, cluster));
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    await troubled(run, error);
  }
}

/** What costs an attempt and what does not (design 7, Effects). */
async function troubled(run: TaskRun, error: AdapterError): Promise<void> {
  const { code, params } = error;
  if (code === 'cluster.unavailable') return away(run, params);
  if (code === 'cluster.conflict') {
    // A newer generation is at work: this actor has nothing more to say.
    if (params['reason'] !== 'StaleGeneration') await run.settle({ kind: 'not_ready' });
  } else if (code === 'provisioning.foreign_namespace')
    await run.settle({ kind: 'blocked', code }, { params });
  else if (code === 'provisioning.refused_by_cluster')
    await run.settle({ kind: 'refused', code }, { params });
  else throw error;
}

/** Told once: while it lasts there is nothing new to write, the outbox gives the task out again. */
async function away(run: TaskRun, params: AdapterError['params']): Promise<void> {
  if (run.standing.state === 'waiting_cluster') return;
  await run.settle(
    { kind: 'cluster_away' },
    { params: { ...params, cluster: run.facts.cluster.name } },
  );
}
