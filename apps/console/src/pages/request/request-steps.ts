import type { TaskKind } from '@yunheng/domain/provisioning/steps';
import { formatShort } from '@yunheng/messages/format/time';
import type { Step } from '@yunheng/ui/steps';
import type { RequestDetail, StepView } from '../../api/types.ts';
import { dueText } from '../../parts/deadline.ts';
import { taskStateWord } from '../../text/state-words.ts';
import type { Texts } from '../../text/texts.ts';

const over = ['rejected', 'withdrawn'] as const;

/** The whole way of a request: submission, the steps of its frozen policy, provisioning. */
export function stepsOf(detail: RequestDetail, texts: Texts, now: number): Step[] {
  const { request } = detail;
  const ended = over.some((state) => state === request.state);
  const first: Step = {
    title: texts.word('steps', 'submit'),
    note: request.submittedAt === null ? undefined : formatShort(request.submittedAt),
    progress: request.submittedAt === null ? 'now' : 'done',
  };
  const steps = detail.steps.map((step): Step => ({
    title: texts.word('steps', step.code),
    note: noteOf(step, { texts, now, beyondCalendar: request.beyondCalendar }),
    progress: progressOf(step, ended),
  }));
  const provisioning: Step = {
    title: texts.word('taskKinds', taskKindOf(detail)),
    note: provisioningNote(detail, texts),
    progress:
      request.state === 'fulfilled' || isRestored(detail)
        ? 'done'
        : request.state === 'approved' || request.state === 'failed'
          ? 'now'
          : 'ahead',
  };
  return [first, ...steps, provisioning];
}

function progressOf(step: StepView, ended: boolean): Step['progress'] {
  if (step.state === 'approved') return 'done';
  if (step.state === 'current' || step.state === 'returned' || step.state === 'rejected')
    return ended && step.state === 'current' ? 'ahead' : 'now';
  return 'ahead';
}

/** A release that was taken back ended with its namespace in use again. */
const isRestored = ({ request, tasks }: RequestDetail): boolean =>
  request.state === 'withdrawn' && tasks.some((task) => task.kind === 'restore');

/** What the way ends in: before there is a task, the kind of the request says it. */
const taskKindOf = ({ request, tasks }: RequestDetail): TaskKind =>
  tasks[0]?.kind ?? (request.kind === 'new' ? 'open' : request.kind);

/** When it was done; else what it waits for. */
function provisioningNote(detail: RequestDetail, texts: Texts): string {
  const { request, tasks } = detail;
  const kind = taskKindOf(detail);
  if (request.state === 'failed') return texts.word('taskStates', 'failed');
  if (request.state === 'approved' && request.taskState !== null)
    return taskStateWord(texts, request.taskState, kind);
  const finished = tasks.map((task) => task.finishedAt ?? 0);
  const last = Math.max(0, ...finished);
  if (isRestored(detail) && last > 0)
    return texts.dots([texts.word('taskStates', 'done'), formatShort(last)]);
  return request.state === 'fulfilled' && last > 0
    ? texts.dots([texts.word('taskStates', 'done'), formatShort(last)])
    : texts.t('request.detailStepAuto');
}

function noteOf(
  step: StepView,
  { texts, now, beyondCalendar }: { texts: Texts; now: number; beyondCalendar: boolean },
): string | undefined {
  if (step.decidedAt !== null)
    return texts.dots([texts.word('stepStates', step.state), formatShort(step.decidedAt)]);
  if (step.state !== 'current')
    return texts.names(step.roles.map((role) => texts.word('roles', role)));
  if (step.dueAt === null) return undefined;
  const due = dueText({ ...step, beyondCalendar }, texts, now);
  return beyondCalendar ? texts.list([due, texts.t('request.dueBeyondCalendar')]) : due;
}
