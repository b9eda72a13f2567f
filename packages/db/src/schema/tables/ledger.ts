import type { Book, Stage } from '@yunheng/domain/ledger/accounts';
import type { CauseKind } from '@yunheng/domain/ledger/transfer';
import type { Columns } from '../../columns/postgres.ts';

export const defineLedger = (c: Columns) => ({
  ledgerTransfers: c.table(
    'ledger_transfers',
    {
      id: c.id().primaryKey(),
      causeKind: c.text().$type<CauseKind>().notNull(),
      causeId: c.text().notNull(),
      effectiveAt: c.instant().notNull(),
      recordedAt: c.instant().notNull(),
      reverses: c.id(),
    },
    (t) => [c.uniqueIndex('ledger_transfers_cause_uq').on(t.causeKind, t.causeId)],
  ),
  ledgerEntries: c.table(
    'ledger_entries',
    {
      transferId: c.id().notNull(),
      seq: c.integer().notNull(),
      account: c.text().notNull(),
      commodity: c.text().notNull(),
      amount: c.amount().notNull(),
    },
    (t) => [
      c.primaryKey({ columns: [t.transferId, t.seq] }),
      c.index('ledger_entries_account_ix').on(t.account, t.commodity),
    ],
  ),
  /** Kept rows: equal to the sum of entries (law L2), replayable from zero. `floor` null means no floor (supply, issued). */
  ledgerBalances: c.table(
    'ledger_balances',
    {
      account: c.text().notNull(),
      commodity: c.text().notNull(),
      book: c.text().$type<Book>().notNull(),
      scope: c.text().notNull(),
      stage: c.text().$type<Stage>().notNull(),
      owner: c.text().notNull(),
      balance: c.amount().notNull(),
      floor: c.amount(),
    },
    (t) => [
      c.primaryKey({ columns: [t.account, t.commodity] }),
      // Totals of a pool or a department are read from the index alone: every held line is a row of its own.
      c.index('ledger_balances_totals_ix').on(t.book, t.scope, t.stage, t.commodity, t.balance),
      c.index('ledger_balances_owner_ix').on(t.owner),
    ],
  ),
  /** One live hold a request line (law L4). `attempt` counts re-holds after expiry. */
  holds: c.table(
    'holds',
    {
      id: c.id().primaryKey(),
      requestId: c.id().notNull(),
      lineId: c.id().notNull(),
      departmentId: c.id().notNull(),
      poolId: c.id().notNull(),
      resource: c.text().notNull(),
      amount: c.amount().notNull(),
      attempt: c.integer().notNull(),
      state: c.text().$type<'live' | 'allocated' | 'released' | 'expired'>().notNull(),
      createdAt: c.instant().notNull(),
      expiresAt: c.instant().notNull(),
      endedAt: c.instant(),
      version: c.integer().notNull(),
    },
    (t) => [
      c.uniqueIndex('holds_line_attempt_uq').on(t.lineId, t.attempt),
      c.index('holds_request_ix').on(t.requestId),
      c.index('holds_pool_ix').on(t.poolId, t.state),
      c.index('holds_expiry_ix').on(t.state, t.expiresAt),
    ],
  ),
});
