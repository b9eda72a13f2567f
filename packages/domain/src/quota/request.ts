import type { Instant } from '@yunheng/kernel/clock';
import type { Amount } from '@yunheng/kernel/quantity';
import type { Architecture, PoolClass, ResourceName } from '../catalog/resources.ts';

export const requestKinds = ['new', 'change', 'release'] as const;
export type RequestKind = (typeof requestKinds)[number];

export const environments = ['prod', 'test'] as const;
export type Environment = (typeof environments)[number];

export const requestStates = [
  'draft',
  'in_review',
  'returned',
  'rejected',
  'withdrawn',
  'approved', // chain complete, provisioning under way
  'fulfilled', // the cluster shows what was approved (or the namespace is gone)
  'failed', // waits for a person
] as const;
export type RequestState = (typeof requestStates)[number];

/** What the applicant asks for; immutable from submission on, and what the digest of an approval covers. */
export interface RequestContent {
  readonly kind: RequestKind;
  readonly systemId: string;
  readonly environment: Environment;
  /** Existing allocation of a change or release; null for `new`. */
  readonly allocationId: string | null;
  readonly reason: string;
  readonly lines: readonly LineContent[];
}

/** `amount` is what the environment shall have in the end: for a change the new total, not the difference. */
export interface LineContent {
  readonly itemVersionId: string;
  readonly resource: ResourceName;
  readonly cloudNodeId: string;
  readonly arch: Architecture;
  readonly poolClass: PoolClass;
  readonly amount: Amount;
}

export interface QuotaRequest {
  readonly id: string;
  readonly number: string | null;
  readonly tenantId: string;
  readonly departmentId: string;
  readonly applicantId: string;
  readonly state: RequestState;
  readonly revision: number;
  readonly version: number;
  readonly content: RequestContent;
  readonly digest: string | null;
  readonly policyVersionId: string | null;
  readonly submittedAt: Instant | null;
}
