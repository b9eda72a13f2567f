import type { Shortfall } from '@yunheng/domain/ledger/transfer';
import type { ErrorCode, ErrorParams } from '@yunheng/kernel/errors';
import type { Ids } from '@yunheng/kernel/ids';
import { auditContentHash, type AuditContent } from '../audit-content.ts';
import type { AuditDraft } from '../store.ts';
import { driverRow, type TableShape } from '../table-shape.ts';
import type { PreparedRow } from './prepared.ts';

export type WriteAudit = (draft: AuditDraft, refused: ErrorCode | null) => PreparedRow;

export function auditWriter(shape: TableShape, ids: Ids): WriteAudit {
  return (draft, refused) => {
    const { at, ...said } = draft;
    const content: AuditContent = {
      ...said,
      id: ids.next('audit'),
      recordedAt: at,
      outcome: refused === null ? 'done' : 'refused',
      errorCode: refused,
    };
    const row = { ...content, contentHash: auditContentHash(content) };
    return { table: 'auditEntries', values: driverRow(shape, row) };
  };
}

/** The ledger's refusal as an entry: the first missing account with its figures (law L5), and how many there are. */
export function shortfallDraft(draft: AuditDraft, shortfalls: readonly Shortfall[]): AuditDraft {
  const [first] = shortfalls;
  const facts: ErrorParams =
    first === undefined
      ? {}
      : {
          account: first.account,
          commodity: first.commodity,
          balance: first.balance,
          floor: first.floor,
          needed: first.needed,
          missing: first.missing,
          shortfalls: shortfalls.length,
        };
  return { ...draft, detail: { ...draft.detail, ...facts } };
}

export const shortfallCode = (shortfalls: readonly Shortfall[]): ErrorCode =>
  shortfalls.some((shortfall) => shortfall.account.startsWith('capacity/'))
    ? 'request.capacity_short'
    : 'request.quota_short';
