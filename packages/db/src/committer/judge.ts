import type { Shortfall } from '@yunheng/domain/ledger/transfer';
import type { CommitOutcome, Insert, TableName } from '../store.ts';
import type { Shapes } from '../table-shape.ts';
import { shortfallCode, shortfallDraft, type WriteAudit } from './audit-row.ts';
import { openBook, type Book } from './book.ts';
import { pairKey, type Facts, type UsedKey, type Wanted } from './facts.ts';
import type { Plan } from './plan.ts';
import type { Prepared, PreparedChange, PreparedRow, PreparedUpdate } from './prepared.ts';
import { withNumber } from './numbering.ts';

export interface Rules {
  readonly shapes: Shapes;
  readonly writeAudit: WriteAudit;
}

/** What the batch asked, and what the database answered. */
interface Known {
  readonly wanted: Wanted;
  readonly facts: Facts;
}

/** What the batch has made of the facts so far: later Changes are judged against it. */
interface State extends Known {
  readonly rules: Rules;
  readonly book: Book;
  readonly causes: Set<string>;
  readonly versions: Map<string, number>;
  readonly usedKeys: Map<string, UsedKey>;
  readonly series: Map<string, number>;
  readonly inserts: Map<TableName, (readonly unknown[])[]>;
  readonly updates: Map<string, PreparedUpdate>;
  readonly requestIds: Set<string>;
  outbox: boolean;
}

/** Judges a batch in memory, in order of arrival (design 5). Pure but for the identifiers of refused entries. */
export function judge(batch: readonly Prepared[], known: Known, rules: Rules): Plan {
  const state = openState(known, rules);
  const outcomes = batch.map((prepared) => judgeOne(prepared, state));
  return {
    outcomes,
    inserts: state.inserts,
    updates: sameColumns(state.updates.values()),
    balances: state.book.written(),
    series: state.series,
    touched: { requestIds: state.requestIds, outbox: state.outbox },
  };
}

function openState(known: Known, rules: Rules): State {
  return {
    ...known,
    rules,
    book: openBook(known.facts.balances),
    causes: new Set(),
    versions: new Map(),
    usedKeys: new Map(),
    series: new Map(),
    inserts: new Map(),
    updates: new Map(),
    requestIds: new Set(),
    outbox: false,
  };
}

function judgeOne(prepared: Prepared, state: State): CommitOutcome {
  if (prepared.kind === 'refusal') {
    addRow(state, prepared.auditRow);
    return { kind: 'done', number: null, replayed: false, subjectId: null };
  }
  const earlier =
    usedBefore(prepared, state) ?? causedBefore(prepared, state) ?? moved(prepared, state);
  if (earlier !== null) return earlier;
  const shortfalls = state.book.shortfalls(prepared);
  return shortfalls.length > 0 ? refuse(prepared, shortfalls, state) : accept(prepared, state);
}

function usedBefore({ idempotency }: PreparedChange, state: State): CommitOutcome | null {
  if (idempotency === null) return null;
  const used =
    state.usedKeys.get(idempotency.pair) ?? state.facts.idempotency.get(idempotency.pair);
  if (used === undefined) return null;
  const { subjectId } = used;
  return used.inputDigest === idempotency.inputDigest
    ? { kind: 'done', number: null, replayed: true, subjectId }
    : { kind: 'conflict', what: 'idempotency', name: 'idempotency_keys' };
}

/** Posting a cause twice is a no-op. Some known and some new means that the caller decided on old facts. */
function causedBefore({ causes }: PreparedChange, state: State): CommitOutcome | null {
  const known = causes.filter((cause) => state.causes.has(cause) || state.facts.causes.has(cause));
  if (known.length === 0) return null;
  return known.length === causes.length
    ? { kind: 'done', number: null, replayed: true, subjectId: null }
    : { kind: 'conflict', what: 'unique', name: 'ledger_transfers_cause_uq' };
}

function moved({ updates, guards }: PreparedChange, state: State): CommitOutcome | null {
  for (const { versionKey, expected, table } of [...updates, ...guards]) {
    const version = state.versions.get(versionKey) ?? state.facts.versions.get(versionKey);
    if (version !== expected) return { kind: 'conflict', what: 'version', name: table };
  }
  return null;
}

function refuse(
  { draft }: PreparedChange,
  shortfalls: readonly Shortfall[],
  state: State,
): CommitOutcome {
  const entry = shortfallDraft(draft, shortfalls);
  addRow(state, state.rules.writeAudit(entry, shortfallCode(shortfalls)));
  return { kind: 'refused', shortfalls };
}

function accept(change: PreparedChange, state: State): CommitOutcome {
  const number = takeNumber(change, state);
  const { rows, updates } =
    number === null || change.numbering === null
      ? change
      : withNumber(state.rules.shapes, change, { requestId: change.numbering.requestId, number });
  for (const row of rows) addRow(state, row);
  for (const update of updates) addUpdate(state, update);
  for (const insert of change.inserted) addVersion(state, insert);
  for (const cause of change.causes) state.causes.add(cause);
  for (const requestId of change.requestIds) state.requestIds.add(requestId);
  if (change.idempotency !== null) addKey(state, change.idempotency);
  if (change.outbox) state.outbox = true;
  state.book.post(change);
  addRow(state, change.auditRow);
  return { kind: 'done', number, replayed: false, subjectId: null };
}

function takeNumber({ numbering }: PreparedChange, state: State): string | null {
  if (numbering === null) return null;
  const { series, format } = numbering;
  const next = (state.series.get(series) ?? state.facts.series.get(series) ?? 0) + 1;
  state.series.set(series, next);
  return format(next);
}

function addKey(state: State, key: NonNullable<PreparedChange['idempotency']>): void {
  const { pair, inputDigest, subjectId, row } = key;
  state.usedKeys.set(pair, { inputDigest, subjectId });
  addRow(state, row);
}

function addRow(state: State, { table, values }: PreparedRow): void {
  const rows = state.inserts.get(table);
  if (rows === undefined) state.inserts.set(table, [values]);
  else rows.push(values);
}

/** Only what somebody in the batch guards on is worth remembering. */
function addVersion({ wanted, versions }: State, { table, row }: Insert): void {
  const guarded = wanted.versions.get(table);
  if (guarded === undefined || !('version' in row)) return;
  const key = 'id' in row ? row.id : row.name;
  if (guarded.has(key)) versions.set(pairKey(table, key), row.version);
}

/** Two Changes of one batch on the same row become one statement, guarded by the version that the database holds. */
function addUpdate(state: State, update: PreparedUpdate): void {
  const earlier = state.updates.get(update.versionKey);
  state.versions.set(update.versionKey, update.version);
  state.updates.set(update.versionKey, earlier === undefined ? update : merged(earlier, update));
}

function sameColumns(updates: Iterable<PreparedUpdate>): PreparedUpdate[][] {
  const groups = Map.groupBy(updates, ({ table, columns }) => `${table} ${columns.join(' ')}`);
  return [...groups.values()];
}

function merged(earlier: PreparedUpdate, later: PreparedUpdate): PreparedUpdate {
  const set = new Map(earlier.columns.map((column, index) => [column, earlier.values[index]]));
  later.columns.forEach((column, index) => set.set(column, later.values[index]));
  return {
    ...later,
    expected: earlier.expected,
    columns: [...set.keys()],
    values: [...set.values()],
  };
}
