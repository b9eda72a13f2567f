import type { z } from 'zod';
import type * as audit from '@yunheng/rpc/contract/audit';
import type * as estate from '@yunheng/rpc/contract/estate';
import type * as requests from '@yunheng/rpc/contract/requests';

export type Detail = z.output<typeof requests.requestDetail.output>;
export type Content = z.input<typeof requests.contentInput>;
export type Line = Content['lines'][number];
export type Offers = z.output<typeof estate.offers.output>;
export type Catalog = readonly z.output<typeof estate.catalogItem>[];
export type Verification = z.output<typeof audit.verify.output>;
export interface Systems {
  readonly rows: readonly z.output<typeof estate.systemRow>[];
}

/** One request of `demo --once`, as its report prints it. */
export interface RequestOutcome {
  readonly number: string | null;
  readonly id: string | null;
  readonly kind: Content['kind'];
  readonly state: string;
  readonly states: readonly { readonly state: string; readonly at: string }[];
  readonly namespace: string | null;
  readonly uid: string | null;
  readonly cluster: string | null;
  readonly allocationId: string | null;
  /** The problem as the API answered it: account, balance, holders, what would pass. */
  readonly refusal: Readonly<Record<string, unknown>> | null;
}

/** Told while the scenario runs. */
export interface Shown {
  readonly kind: Content['kind'];
  readonly number: string | null;
  readonly state: string;
  readonly problem: Readonly<Record<string, unknown>> | null;
}
