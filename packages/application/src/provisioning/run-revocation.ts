import { revocationFacts, type RevocationFacts } from '@yunheng/db/queries/access';
import { seatHolders } from '@yunheng/db/queries/notices';
import type { Insert, Update } from '@yunheng/db/store';
import type { Cluster, Clusters } from '@yunheng/domain/provisioning/cluster';
import {
  decideRevocation,
  isRevocationOverdue,
  type RevocationDecision,
  type RevocationEvent,
} from '@yunheng/domain/provisioning/revocation';
import { AdapterError, type ErrorParams } from '@yunheng/kernel/errors';
import { auditOf } from '../audit-of.ts';
import type { Deps } from '../deps.ts';
import { systemCall } from '../identity/system-call.ts';
import { noticeTo } from '../requests/people.ts';
import type { TaskPass } from './run-task.ts';
import { compareAccess } from './stale-access.ts';

/**
 * One wake-up of one revocation: looks what stands of the person's access, takes away what may not, writes down what came
 * of it. Like a task it may run at any time, any number of times, by anybody at once.
 */
export async function runRevocation(deps: Deps, clusters: Clusters, id: string): Promise<TaskPass> {
  const facts = await revocationFacts(deps.store, id);
  if (facts === null) return 'unknown';
  const { state } = facts.revocation;
  if (state === 'done' || state === 'failed') return 'resting';
  const { event, params } = await pass(deps, facts, clusters.of(facts.cluster.name));
  return (await settleRevocation(deps, facts, { event, params })) ? 'passed' : 'taken_over';
}

interface Happened {
  readonly event: RevocationEvent;
  readonly params: ErrorParams;
}

async function pass(
  deps: Deps,
  { revocation, cluster: row }: RevocationFacts,
  cluster: Cluster | null,
): Promise<Happened> {
  if (isRevocationOverdue(revocation, deps.clock.business()))
    return { event: { kind: 'overdue' }, params: {} };
  if (cluster === null) return { event: { kind: 'cluster_away' }, params: {} };
  try {
    const { stale } = await compareAccess(deps, { row, cluster, personId: revocation.userId });
    await Promise.all(stale.map((account) => cluster.revokeAccess(account)));
    const namespaces = stale.map(({ namespace }) => namespace).join(' ');
    return { event: { kind: 'removed' }, params: { accounts: stale.length, namespaces } };
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    return { event: eventOf(error), params: error.params };
  }
}

/** The same reading of an error as a task has: only a refusal by the apiserver costs an attempt. */
function eventOf({ code }: AdapterError): RevocationEvent {
  if (code === 'cluster.unavailable') return { kind: 'cluster_away' };
  return code === 'cluster.conflict' ? { kind: 'unsettled' } : { kind: 'refused', code };
}

/** Writes what happened; false when somebody else was faster, whose word then counts. */
export async function settleRevocation(
  deps: Deps,
  facts: RevocationFacts,
  { event, params }: Happened,
): Promise<boolean> {
  const { revocation, cluster } = facts;
  const now = deps.clock.business();
  const decision = decideRevocation(revocation, event, now);
  const { next, errorCode, tells } = decision;
  // Told once: while the cluster is away there is nothing new to write, the outbox gives it out again.
  if (event.kind === 'cluster_away' && revocation.state === 'waiting_cluster') return true;
  const outcome = await deps.store.commit({
    audit: auditOf(deps, systemCall, {
      action: 'access.revoke',
      subjectKind: 'user',
      subjectId: revocation.userId,
      tenantId: null,
      detail: { ...params, cluster: cluster.name, lost: revocation.reason, came: event.kind },
    }),
    updates: [
      {
        table: 'accessRevocations',
        key: revocation.id,
        version: revocation.version,
        set: { ...next, errorCode, finishedAt: next.state === 'done' ? now : null },
      },
      ...wakeUpdates(facts, decision, now),
    ],
    inserts: tells ? await noticesOf(deps, facts) : [],
  });
  return outcome.kind === 'done';
}

function wakeUpdates(
  { wake }: RevocationFacts,
  { nextAt }: RevocationDecision,
  now: number,
): readonly Update[] {
  if (wake === null) return [];
  const set = nextAt === null ? { doneAt: now } : { nextAt };
  return [{ table: 'outbox', key: wake.id, version: wake.version, set }];
}

/** Operators can mend a cluster; whoever took the right away has to know that access may still stand. */
async function noticesOf(
  deps: Deps,
  { revocation, cluster, person }: RevocationFacts,
): Promise<readonly Insert[]> {
  const operators = await seatHolders(deps.store, ['operator'], '');
  const people = [...new Set([...operators, revocation.orderedBy])];
  return people.map((userId) =>
    noticeTo(deps, userId, {
      kind: 'act',
      code: 'access_not_revoked',
      params: { person, cluster: cluster.name },
      requestId: null,
    }),
  );
}
