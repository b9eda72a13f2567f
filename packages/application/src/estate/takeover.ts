import type { Row } from '@yunheng/db/store';
import type { ApprovalPolicy } from '@yunheng/domain/approval/policy';
import type { CatalogItem } from '@yunheng/domain/catalog/item';
import type { RequestContent } from '@yunheng/domain/quota/request';
import type { Instant } from '@yunheng/kernel/clock';
import type { StandingInput } from './province.ts';

export interface TakeoverInput {
  readonly rows: readonly StandingInput[];
  /** Who registers what stands: the platform, since no department applied for it here. */
  readonly applicantId: string;
  /** One decider a step of the takeover policy, in its order; none of them the applicant (law A2). */
  readonly deciderIds: readonly string[];
}

export interface StandingFacts {
  /** By department code and system code. */
  readonly systems: ReadonlyMap<string, Row<'informationSystems'>>;
  readonly pools: ReadonlyMap<string, Row<'pools'>>;
  readonly items: readonly CatalogItem[];
  readonly policy: { readonly id: string; readonly body: ApprovalPolicy };
}

/** Everything that the rows of one standing allocation have in common. */
export interface Takeover {
  readonly row: StandingInput;
  readonly system: Row<'informationSystems'>;
  readonly pool: Row<'pools'>;
  readonly requestId: string;
  readonly content: RequestContent;
  readonly digest: string;
  readonly policy: StandingFacts['policy'];
  readonly applicantId: string;
  readonly deciderIds: readonly string[];
  readonly at: Instant;
}

/** The hold lives as long as the provisioning may take; then a person looks at both. */
export const provisioningDeadline = ({ at, policy }: Takeover): Instant =>
  at + policy.body.provisioningDays * 86_400_000;
