import type { Insert, Row, Update } from '@yunheng/db/store';
import type { DecisionKind } from '@yunheng/domain/approval/chain';
import type { TransferDraft } from '@yunheng/domain/ledger/transfer';

export interface DecideInput {
  readonly id: string;
  readonly version: number;
  readonly digest: string;
  readonly decision: DecisionKind;
  readonly opinion: string;
  readonly moves: readonly { readonly lineId: string; readonly poolId: string }[];
}

/** What a decision was judged on: request, its current chain, lines and holds, read together. */
export interface DecisionReading {
  readonly request: Row<'quotaRequests'>;
  readonly steps: readonly Row<'approvalSteps'>[];
  readonly lines: readonly Row<'requestLines'>[];
  readonly holds: readonly Row<'holds'>[];
  /** Whoever submitted a revision (law A2). */
  readonly authorIds: readonly string[];
}

/** What a decision writes, besides its audit entry. */
export interface DecisionRows {
  readonly transfers: TransferDraft[];
  readonly inserts: Insert[];
  readonly updates: Update[];
}
