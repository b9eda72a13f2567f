import { deletionFacts, graceEnd } from '@yunheng/db/queries/provisioning';
import type { Cluster, NamespaceView } from '@yunheng/domain/provisioning/cluster';
import { deletionLimits, judgeDeletion } from '@yunheng/domain/provisioning/mass-deletion';
import { foreignReason } from '@yunheng/domain/provisioning/plan';
import type { Instant } from '@yunheng/kernel/clock';
import type { Deps } from '../deps.ts';
import { eventRow } from '../requests/people.ts';
import { frozenPolicy } from '../requests/rules-in-force.ts';
import { finishRows } from './finish-rows.ts';
import { targetOf } from './target-of.ts';
import type { TaskRun } from './task-run.ts';
import { terms } from './terms.ts';

/** 停用, grace days, deletion by UID; capacity goes back only when the namespace of that UID is gone (law P3). */
export async function takeDown(deps: Deps, run: TaskRun, cluster: Cluster): Promise<void> {
  const { allocation } = run.facts;
  const view = await cluster.observe(allocation.namespace);
  const expected = { uid: allocation.namespaceUid };
  if (view === null || (expected.uid !== null && view.uid !== expected.uid)) return gone(deps, run);
  const foreign = foreignReason({ allocationId: allocation.id }, view, expected);
  if (foreign !== null) {
    const params = { namespace: view.name, reason: foreign };
    await run.settle({ kind: 'blocked', code: 'provisioning.foreign_namespace' }, { params });
    return;
  }
  if (view.phase === 'terminating') return leaving(run, view);
  const until = await suspendIfNeeded(deps, run, { cluster, view });
  if (deps.clock.business() < until) {
    await run.settle({ kind: 'suspended', until }, { params: { until } });
    return;
  }
  await remove(deps, run, { cluster, view });
}

async function gone(deps: Deps, run: TaskRun): Promise<void> {
  run.reach('gone');
  const rows = await finishRows(deps, run.facts, { uid: null, amounts: {} });
  await run.settle({ kind: 'finished' }, { rows });
}

async function leaving(run: TaskRun, view: NamespaceView): Promise<void> {
  const { blockedBy } = view;
  await run.settle({ kind: 'not_ready' }, { params: { blockedBy } });
}

interface Standing {
  readonly cluster: Cluster;
  readonly view: NamespaceView;
}

/** Answers with the end of the grace days, which stands in the timeline whatever the task waits for meanwhile. */
async function suspendIfNeeded(
  deps: Deps,
  run: TaskRun,
  { cluster, view }: Standing,
): Promise<Instant> {
  const { allocation, request } = run.facts;
  // Somebody may have lifted the suspension by hand: it is written again, the days run on.
  if (view.quota?.suspended !== true)
    await cluster.suspend(targetOf(run.facts, allocation.desired), view.uid);
  const known = await graceEnd(deps.store, request.id);
  if (known !== null) return known;
  const { graceDays } = (await frozenPolicy(deps.store, request.policyVersionId ?? '')).body;
  const until = deps.clock.business() + graceDays * terms.dayMs;
  const suspended = eventRow(deps, request, {
    kind: 'task_suspended',
    actorId: null,
    params: { namespace: allocation.namespace, until },
  });
  run.reach('suspend', { allocation: { state: 'suspended' }, inserts: [suspended] });
  return until;
}

/** The intent is durable before the deletion: whoever counts deletions sees it even if this worker dies now. */
async function remove(deps: Deps, run: TaskRun, { cluster, view }: Standing): Promise<void> {
  const { allocation } = run.facts;
  if (allocation.state !== 'deleting' && !(await mayDelete(deps, run))) return;
  run.reach('grace');
  run.reach('delete', { params: { uid: view.uid }, allocation: { state: 'deleting' } });
  await run.flush();
  await cluster.deleteNamespace(allocation.namespace, view.uid);
  await run.settle({ kind: 'not_ready' });
}

/** Law P8. A person who retries a task that the breaker stopped has said that it is meant. */
async function mayDelete(deps: Deps, run: TaskRun): Promise<boolean> {
  const { task, cluster } = run.facts;
  if (task.errorCode === 'provisioning.mass_deletion') return true;
  const now = deps.clock.business();
  const since = now - deletionLimits.windowMs;
  const { deletedAt, deleting, live } = await deletionFacts(deps.store, cluster.id, since);
  const recent = [...deletedAt, ...Array.from({ length: deleting }, () => now)];
  const { tripped, count, limit } = judgeDeletion(recent, now, { live, limits: deletionLimits });
  if (!tripped) return true;
  const params = { cluster: cluster.name, count, limit };
  await run.settle({ kind: 'blocked', code: 'provisioning.mass_deletion' }, { params });
  return false;
}
