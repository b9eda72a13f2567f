import { formatShort } from '@yunheng/messages/format/time';
import type { Step } from '@yunheng/ui/steps';
import type { RequestDetail, StepView } from '../../api/types.ts';
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
    note: noteOf(step, texts, now),
    progress: progressOf(step, ended),
  }));
  const provisioning: Step = {
    title: texts.word('steps', 'provisioning'),
    note:
      request.state === 'approved' && request.taskState !== null
        ? texts.word('taskStates', request.taskState)
        : texts.t('request.detailStepAuto'),
    progress:
      request.state === 'fulfilled'
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

function noteOf(step: StepView, texts: Texts, now: number): string | undefined {
  const { t } = texts;
  if (step.decidedAt !== null)
    return `${texts.word('stepStates', step.state)} · ${formatShort(step.decidedAt)}`;
  if (step.state !== 'current')
    return texts.names(step.roles.map((role) => texts.word('roles', role)));
  if (step.dueAt === null) return undefined;
  const date = formatShort(step.dueAt).slice(0, 5);
  return step.dueAt < now
    ? t('request.detailStepLate', { date })
    : t('request.detailStepDue', { days: step.workingDaysLeft ?? 0, date });
}
