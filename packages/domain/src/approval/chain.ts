import type { Instant } from '@yunheng/kernel/clock';
import { domainError, type DomainError, type ErrorCode } from '@yunheng/kernel/errors';
import { err, ok, type Result } from '@yunheng/kernel/result';
import { isDepartmentRole, type Actor, type Role } from '../identity/roles.ts';
import type { ApprovalPolicy } from './policy.ts';
import { endOfWorkingDay, type WorkingCalendar } from './working-days.ts';

export const decisions = ['approve', 'return', 'reject'] as const;
export type DecisionKind = (typeof decisions)[number];

export interface ChainStep {
  readonly id: string;
  readonly seq: number;
  readonly code: string;
  readonly roles: readonly Role[];
  readonly state: StepState;
  readonly decidedBy: string | null;
  readonly digest: string;
}

export type StepState = 'waiting' | 'current' | 'approved' | 'returned' | 'rejected' | 'skipped';

/** Who wants to decide, and what they had to do with the request before. */
export interface DeciderFacts {
  readonly actor: Actor;
  readonly applicantId: string;
  /** Whoever else wrote or submitted a revision: to them it is their own request as well. */
  readonly authorIds?: readonly string[];
  readonly departmentId: string;
  readonly steps: readonly Pick<ChainStep, 'state' | 'roles' | 'decidedBy'>[];
}

/** What a decision has to be judged against: read in the same moment as the steps. */
export interface DecisionFacts extends DeciderFacts {
  readonly steps: readonly ChainStep[];
  /** Digest of the content that the decider had on the screen. */
  readonly shownDigest: string;
  readonly contentDigest: string;
}

export interface DecisionCommand {
  readonly kind: DecisionKind;
  readonly opinion: string;
}

export interface DecisionResult {
  readonly step: ChainStep;
  readonly stepState: 'approved' | 'returned' | 'rejected';
  /** The step that becomes current; null when the chain has ended. */
  readonly next: ChainStep | null;
  readonly outcome: 'in_review' | 'approved' | 'returned' | 'rejected';
}

/** Laws A1 to A3: the step is the actor's, the content is what was shown, nobody decides twice or their own. */
export function decide(
  facts: DecisionFacts,
  command: DecisionCommand,
): Result<DecisionResult, DomainError> {
  const step = facts.steps.find((candidate) => candidate.state === 'current');
  if (step === undefined) return err(domainError('approval.already_decided'));
  const refusal = refuse(facts, command, step);
  if (refusal !== null) return err(refusal);
  if (command.kind === 'return')
    return ok({ step, stepState: 'returned', next: null, outcome: 'returned' });
  if (command.kind === 'reject')
    return ok({ step, stepState: 'rejected', next: null, outcome: 'rejected' });
  const next = nextWaiting(facts.steps, step);
  return ok({
    step,
    stepState: 'approved',
    next,
    outcome: next === null ? 'approved' : 'in_review',
  });
}

const nextWaiting = (steps: readonly ChainStep[], after: ChainStep): ChainStep | null =>
  steps
    .filter((step) => step.state === 'waiting' && step.seq > after.seq)
    .toSorted((left, right) => left.seq - right.seq)[0] ?? null;

function refuse(
  facts: DecisionFacts,
  command: DecisionCommand,
  step: ChainStep,
): DomainError | null {
  const obstacle = obstacleToDeciding(facts);
  if (obstacle !== null)
    return domainError(obstacle, { step: step.code, roles: step.roles.join(',') });
  if (facts.shownDigest !== facts.contentDigest || step.digest !== facts.contentDigest)
    return domainError('approval.content_changed');
  if (command.kind !== 'approve' && command.opinion.trim() === '')
    return domainError('approval.opinion_required');
  return null;
}

/**
 * Why this person cannot decide the current step, whatever they would say (law A2); null when they can. The page
 * disables its buttons with the same answer that the server would give.
 */
export function obstacleToDeciding(facts: DeciderFacts): ErrorCode | null {
  const { actor, steps } = facts;
  if ([facts.applicantId, ...(facts.authorIds ?? [])].includes(actor.userId))
    return 'approval.own_request';
  if (steps.some((step) => step.decidedBy === actor.userId)) return 'approval.twice';
  const current = steps.find((step) => step.state === 'current');
  const holds = current !== undefined && holdsStep(actor, current.roles, facts.departmentId);
  return holds ? null : 'approval.not_your_step';
}

/** A department's role counts in the request's department only; a grant of one that names no department counts nowhere. */
export function holdsStep(actor: Actor, stepRoles: readonly Role[], departmentId: string): boolean {
  return actor.grants.some(
    (grant) =>
      stepRoles.includes(grant.role) &&
      (!isDepartmentRole(grant.role) || grant.departmentId === departmentId),
  );
}

export interface OpenedStep {
  readonly seq: number;
  readonly code: string;
  readonly roles: readonly Role[];
  readonly state: 'waiting' | 'current';
  readonly startedAt: Instant | null;
  readonly dueAt: Instant | null;
}

/** The chain of a submission; only the first step has a deadline yet. */
export function openChain(
  policy: ApprovalPolicy,
  now: Instant,
  calendar: WorkingCalendar,
): readonly OpenedStep[] {
  return policy.steps.map((step, index) => ({
    seq: index + 1,
    code: step.code,
    roles: step.roles,
    state: index === 0 ? 'current' : 'waiting',
    startedAt: index === 0 ? now : null,
    dueAt: index === 0 ? endOfWorkingDay(now, step.workingDays, calendar) : null,
  }));
}
