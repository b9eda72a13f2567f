import { openRevocations } from '@yunheng/db/queries/access';
import { liveHolds } from '@yunheng/db/queries/ledger';
import { idleRequests, undatedReviews, unfinishedTasks } from '@yunheng/db/queries/laws/waiting';
import type { Row } from '@yunheng/db/store';
import { isOverdue, type TaskStanding } from '@yunheng/domain/provisioning/task';
import { isRevocationOverdue } from '@yunheng/domain/provisioning/revocation';
import type { Instant } from '@yunheng/kernel/clock';
import type { Deps } from '../../deps.ts';
import type { Looked } from './law.ts';

/** The sweep that ends what is overdue comes round every few seconds; later than this it did not. */
const latenessMs = 5 * 60_000;

/** P7: whatever waits has a deadline and somebody who answers for it. */
export async function lookAtDeadlines(deps: Deps): Promise<Looked> {
  const { store } = deps;
  const [tasks, revocations, reviews, idle, holds] = await Promise.all([
    unfinishedTasks(store),
    openRevocations(store),
    undatedReviews(store),
    idleRequests(store),
    liveHolds(store, {}),
  ]);
  const late = deps.clock.business() - latenessMs;
  return {
    checked: tasks.length + revocations.length + reviews.checked + idle.checked + holds.length,
    findings: [
      ...tasks
        .filter((task) => task.ownerRole === '' || !(task.deadlineAt > task.createdAt))
        .map((task) => `task ${task.id} is ${task.state} without owner or deadline`),
      ...tasks
        .filter((task) => isOverdueTask(task, late))
        .map((task) => `task ${task.id} is ${task.state} past its deadline, and nobody was told`),
      ...revocations
        .filter((one) => one.ownerRole === '' || !(one.deadlineAt > one.createdAt))
        .map((one) => `revocation ${one.id} is ${one.state} without owner or deadline`),
      ...revocations
        .filter((one) => isRevocationOverdue(one, late))
        .map((one) => `revocation ${one.id} is past its deadline, and nobody was told`),
      ...reviews.ids.map((id) => `${id} is in review without deadline or seat`),
      ...idle.ids.map((id) => `${id} waits for provisioning, but no task of it is open`),
    ],
  };
}

const isOverdueTask = (task: Row<'provisioningTasks'>, late: Instant): boolean =>
  isOverdue(task as TaskStanding, late); // `step` is one of the steps of its kind
