import { parseAccount } from '@yunheng/domain/ledger/accounts';
import type { Entry, TransferDraft } from '@yunheng/domain/ledger/transfer';
import type { Ids } from '@yunheng/kernel/ids';
import { invariant } from '@yunheng/kernel/invariant';
import { addAmounts, type Amount } from '@yunheng/kernel/quantity';
import type { Change, Insert, Update } from '../store.ts';
import { driverRow, driverValue, type Shapes } from '../table-shape.ts';
import { auditWriter } from './audit-row.ts';
import { pairKey, type BalanceKey } from './facts.ts';
import type {
  Delta,
  PreparedKey,
  PreparedNumbering,
  Preparer,
  PreparedRow,
  PreparedUpdate,
} from './prepared.ts';

export function preparer(shapes: Shapes, ids: Ids): Preparer {
  const writeAudit = auditWriter(shapes.auditEntries, ids);
  return {
    refusal: ({ audit, code }) => ({ kind: 'refusal', auditRow: writeAudit(audit, code) }),
    change: (change) => {
      const transfers = change.transfers ?? [];
      const inserts = change.inserts ?? [];
      return {
        kind: 'change',
        draft: change.audit,
        auditRow: writeAudit(change.audit, null),
        causes: transfers.map(({ cause }) => pairKey(cause.kind, cause.id)),
        deltas: netDeltas(transfers),
        floors: (change.floors ?? []).map((set) => ({
          on: balanceKey(set.account, set.commodity),
          floor: set.floor,
        })),
        rows: [
          ...inserts.map((insert) => insertedRow(shapes, insert)),
          ...ledgerRows(shapes, change),
        ],
        updates: (change.updates ?? []).map((update) => guardedUpdate(shapes, update)),
        guards: (change.guards ?? []).map(({ table, key, version }) => ({
          table,
          key,
          versionKey: pairKey(table, key),
          expected: version,
        })),
        inserted: inserts,
        numbering: numberingOf(change),
        idempotency: idempotencyOf(shapes, change),
        requestIds: inserts.flatMap((insert) =>
          insert.table === 'requestEvents' ? [insert.row.requestId] : [],
        ),
        outbox: inserts.some((insert) => insert.table === 'outbox'),
      };
    },
  };
}

/** Law L2 at the door: what does not sum to zero never reaches the queue. */
function netDeltas(transfers: readonly TransferDraft[]): Delta[] {
  const net = new Map<string, { on: BalanceKey; amount: Amount }>();
  for (const transfer of transfers) {
    checkTransfer(transfer);
    for (const entry of transfer.entries) addDelta(net, entry);
  }
  return [...net.values()];
}

function addDelta(net: Map<string, { on: BalanceKey; amount: Amount }>, entry: Entry): void {
  const known = net.get(pairKey(entry.account, entry.commodity));
  if (known !== undefined) {
    known.amount = addAmounts(known.amount, entry.amount);
    return;
  }
  const on = balanceKey(entry.account, entry.commodity);
  net.set(on.key, { on, amount: entry.amount });
}

function checkTransfer(transfer: TransferDraft): void {
  invariant(transfer.entries.length >= 2, `a transfer of ${transfer.cause.kind} has one side only`);
  const sums = new Map<string, Amount>();
  for (const { commodity, amount } of transfer.entries) {
    invariant(Number.isSafeInteger(amount), 'an entry is not a safe integer');
    sums.set(commodity, addAmounts(sums.get(commodity) ?? 0, amount));
  }
  for (const [commodity, sum] of sums) {
    invariant(
      sum === 0,
      `entries of ${transfer.cause.kind} in ${commodity} sum to ${sum}, not zero`,
    );
  }
}

function balanceKey(account: string, commodity: string): BalanceKey {
  const parsed = parseAccount(account);
  invariant(parsed !== null, `${account} is not an account`);
  return { key: pairKey(account, commodity), account, commodity, parsed };
}

function insertedRow(shapes: Shapes, insert: Insert): PreparedRow {
  return { table: insert.table, values: driverRow(shapes[insert.table], insert.row) };
}

function ledgerRows(shapes: Shapes, change: Change): PreparedRow[] {
  const recordedAt = change.audit.at;
  return (change.transfers ?? []).flatMap((transfer) => [
    {
      table: 'ledgerTransfers' as const,
      values: driverRow(shapes.ledgerTransfers, {
        id: transfer.id,
        causeKind: transfer.cause.kind,
        causeId: transfer.cause.id,
        effectiveAt: transfer.effectiveAt,
        recordedAt,
        reverses: transfer.reverses,
      }),
    },
    ...transfer.entries.map((entry, seq) => ({
      table: 'ledgerEntries' as const,
      values: driverRow(shapes.ledgerEntries, { ...entry, transferId: transfer.id, seq }),
    })),
  ]);
}

function guardedUpdate(shapes: Shapes, update: Update): PreparedUpdate {
  const shape = shapes[update.table];
  const set = update.set as Readonly<Record<string, unknown>>; // a partial row, keyed by column
  const columns = shape.columns.filter(
    ({ key }) => set[key] !== undefined && key !== 'version' && key !== shape.keyColumn,
  );
  return {
    table: update.table,
    key: update.key,
    versionKey: pairKey(update.table, update.key),
    expected: update.version,
    version: update.version + 1,
    columns: columns.map(({ name }) => name),
    values: columns.map((column) => driverValue(column, set[column.key])),
  };
}

function numberingOf(change: Change): PreparedNumbering | null {
  const { numbering } = change;
  if (numbering === undefined) return null;
  const { requestId } = numbering;
  const target =
    change.inserts?.some(({ table, row }) => table === 'quotaRequests' && row.id === requestId) ===
      true ||
    change.updates?.some(({ table, key }) => table === 'quotaRequests' && key === requestId) ===
      true;
  invariant(target, 'a number is taken for a request that this Change does not write');
  return numbering;
}

function idempotencyOf(shapes: Shapes, change: Change): PreparedKey | null {
  const { idempotency } = change;
  if (idempotency === undefined) return null;
  const row = { ...idempotency, createdAt: change.audit.at };
  return {
    pair: pairKey(idempotency.userId, idempotency.key),
    inputDigest: idempotency.inputDigest,
    subjectId: idempotency.subjectId,
    row: { table: 'idempotencyKeys', values: driverRow(shapes.idempotencyKeys, row) },
  };
}
