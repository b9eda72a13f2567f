import type { Role } from '../identity/roles.ts';

/** One step of the chain as policy data. */
export interface PolicyStep {
  readonly code: string;
  readonly roles: readonly Role[];
  readonly workingDays: number;
}

/** Body of a policy version: published, immutable, frozen into a request at submission (law A1). */
export interface ApprovalPolicy {
  readonly steps: readonly PolicyStep[];
  /** How long a hold lives after submission and after each decision. */
  readonly holdWorkingDays: number;
  /** Cap of one department's open holds, in thousandths of its entitlement. */
  readonly openHoldPermille: number;
  /** Days between 停用 and deletion. */
  readonly graceDays: number;
  /** Days after which provisioning that has not converged waits for a person. */
  readonly provisioningDays: number;
}

/** A published version of any document: id, text, clause. */
export interface Versioned<T> {
  readonly id: string;
  readonly code: string;
  readonly revision: number;
  readonly clause: string;
  readonly body: T;
}

/** What is wrong with a body before it is published; empty when it may be. */
export function checkPolicy(policy: ApprovalPolicy): readonly string[] {
  const codes = policy.steps.map((step) => step.code);
  const wrong: string[] = [];
  if (policy.steps.length === 0 || new Set(codes).size < codes.length) wrong.push('steps');
  policy.steps.forEach((step, index) => {
    if (step.roles.length === 0) wrong.push(`steps.${index}.roles`);
    if (!isAtLeast(step.workingDays, 1)) wrong.push(`steps.${index}.workingDays`);
  });
  if (!isAtLeast(policy.holdWorkingDays, 1)) wrong.push('holdWorkingDays');
  if (!isAtLeast(policy.openHoldPermille, 1) || policy.openHoldPermille > 1000)
    wrong.push('openHoldPermille');
  if (!isAtLeast(policy.graceDays, 0)) wrong.push('graceDays');
  if (!isAtLeast(policy.provisioningDays, 1)) wrong.push('provisioningDays');
  return wrong;
}

const isAtLeast = (value: number, least: number): boolean =>
  Number.isSafeInteger(value) && value >= least;
