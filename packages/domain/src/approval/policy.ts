import type { Role } from '../identity/roles.ts'

/** One step of the chain as policy data. */
export interface PolicyStep {
  readonly code: string
  readonly roles: readonly Role[]
  readonly workingDays: number
}

/** Body of a policy version: published, immutable, frozen into a request at submission (law A1). */
export interface ApprovalPolicy {
  readonly steps: readonly PolicyStep[]
  /** How long a hold lives after submission and after each decision. */
  readonly holdWorkingDays: number
  /** Cap of one department's open holds, in thousandths of its entitlement. */
  readonly openHoldPermille: number
  /** Days between 停用 and deletion. */
  readonly graceDays: number
  /** Days after which provisioning that has not converged waits for a person. */
  readonly provisioningDays: number
}

/** A published version of any document: id, text, clause. */
export interface Versioned<T> {
  readonly id: string
  readonly code: string
  readonly revision: number
  readonly clause: string
  readonly body: T
}
