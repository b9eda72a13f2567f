import { InvariantError } from '@yunheng/kernel/invariant';
import { classify } from '../faults/classify.ts';
import type { Fault } from '../faults/fault.ts';
import type { CommitOutcome, Touched } from '../store.ts';
import type { Backend } from './backend.ts';
import { judge, type Rules } from './judge.ts';
import type { Plan } from './plan.ts';
import type { Prepared } from './prepared.ts';
import { wantedBy } from './wanted.ts';

const retries = 8;

/** A caller whose Change is in the queue or in a batch. */
export interface Waiting {
  readonly prepared: Prepared;
  readonly resolve: (outcome: CommitOutcome) => void;
  readonly reject: (error: unknown) => void;
}

export interface Commits {
  readonly backend: Backend;
  readonly rules: Rules;
  readonly announce: (touched: Touched) => void;
}

/** Commits a batch and answers every caller of it; never throws. */
export async function settle(commits: Commits, batch: readonly Waiting[]): Promise<void> {
  const failure = await tried(commits, batch);
  if (failure !== null) await isolate(commits, batch, classify(failure.thrown));
}

/** Null when the batch is durable and everybody has an answer. */
async function tried(
  { backend, rules, announce }: Commits,
  batch: readonly Waiting[],
): Promise<{ thrown: unknown } | null> {
  try {
    const plan = await transact(
      backend,
      rules,
      batch.map((caller) => caller.prepared),
    );
    plan.outcomes.forEach((outcome, index) => batch[index]?.resolve(outcome));
    if (plan.touched.requestIds.size > 0 || plan.touched.outbox) announce(plan.touched);
    return null;
  } catch (thrown) {
    return { thrown };
  }
}

/** A row that breaks a rule fails its own Change only: halves are tried in order until it stands alone. */
async function isolate(commits: Commits, batch: readonly Waiting[], fault: Fault): Promise<void> {
  const [only] = batch;
  if (fault.kind === 'failed' || fault.kind === 'retry') {
    for (const caller of batch) caller.reject(fault.error);
  } else if (batch.length > 1) {
    const half = batch.length >> 1;
    await settle(commits, batch.slice(0, half));
    await settle(commits, batch.slice(half));
  } else if (only !== undefined) {
    await answerAlone(commits, only, fault);
  }
}

/** Another process may have written the same cause or key a moment ago: on new facts that is a replay. */
async function answerAlone(commits: Commits, caller: Waiting, first: Fault): Promise<void> {
  let fault = first;
  if (first.kind === 'unique') {
    const failure = await tried(commits, [caller]);
    if (failure === null) return;
    fault = classify(failure.thrown);
  }
  if (fault.kind === 'unique') {
    caller.resolve({ kind: 'conflict', what: 'unique', name: fault.name });
  } else if (fault.kind === 'row') {
    const { code, cause } = fault;
    caller.reject(new InvariantError(`a row was not accepted: ${code}`, { cause }));
  } else {
    caller.reject(fault.error);
  }
}

/** Serialization failures and deadlocks are nobody's fault: the same batch is judged again on new facts. */
async function transact(backend: Backend, rules: Rules, batch: readonly Prepared[]): Promise<Plan> {
  const wanted = wantedBy(batch);
  for (let left = retries; ; left--) {
    try {
      return await backend.transact(wanted, (facts) => judge(batch, { wanted, facts }, rules));
    } catch (error) {
      if (left === 0 || classify(error).kind !== 'retry') throw error;
    }
  }
}
