import { sm3Hex } from '../sm3.ts';
import type { TableName } from '../store.ts';
import { quoted, type Shapes, type TableShape } from '../table-shape.ts';

/** A named statement: PostgreSQL parses and plans it once a connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

export interface Statements {
  insert(table: TableName): Statement;
  versions(table: TableName): Statement;
  update(table: TableName, columns: readonly string[]): Statement;
  readonly fixed: typeof fixed;
}

/** Lists arrive as one array a column, so the text is the same for one row and for a thousand. */
export function statementsOf(shapes: Shapes): Statements {
  const known = new Map<string, Statement>();
  const once = (key: string, text: () => string): Statement => {
    const found = known.get(key) ?? named(text());
    known.set(key, found);
    return found;
  };
  return {
    fixed,
    insert: (table) => once(`insert ${table}`, () => insertText(shapes[table])),
    versions: (table) => once(`versions ${table}`, () => versionsText(shapes[table])),
    update: (table, columns) =>
      once(`update ${table} ${columns.join(' ')}`, () => updateText(shapes[table], columns)),
  };
}

/** Named by content: whoever shares a connection gives one name to one text. PostgreSQL cuts names at 63 characters. */
const named = (text: string): Statement => ({ name: `yunheng_${sm3Hex(text).slice(0, 32)}`, text });

function insertText({ name, columns }: TableShape): string {
  const names = columns.map((column) => quoted(column.name)).join(', ');
  const lists = columns.map(({ sqlType }, index) => `$${index + 1}::${sqlType}[]`).join(', ');
  return `insert into ${quoted(name)} (${names}) select * from unnest(${lists})`;
}

function versionsText({ name, keyColumn }: TableShape): string {
  const key = quoted(keyColumn);
  return `select ${key}, version from ${quoted(name)} where ${key} = any($1::text[]) order by ${key} for update`;
}

function updateText({ name, keyColumn, columns }: TableShape, set: readonly string[]): string {
  const types = new Map(columns.map((column) => [column.name, column.sqlType]));
  const lists = set.map((column, index) => `$${index + 4}::${types.get(column) ?? 'text'}[]`);
  const assigned = set.map((column) => `${quoted(column)} = v.${quoted(column)}, `).join('');
  const names = ['row_key', 'expected', 'next_version', ...set].map(quoted).join(', ');
  const unnest = ['$1::text[]', '$2::integer[]', '$3::integer[]', ...lists].join(', ');
  return `update ${quoted(name)} t set ${assigned}version = v.next_version from unnest(${unnest}) as v(${names}) where t.${quoted(keyColumn)} = v.row_key and t.version = v.expected`;
}

const fixed = {
  causes: {
    name: 'yunheng_causes',
    text: `select t.cause_kind, t.cause_id from unnest($1::text[], $2::text[]) as k(kind, id) join ledger_transfers t on t.cause_kind = k.kind and t.cause_id = k.id`,
  },
  idempotency: {
    name: 'yunheng_idempotency',
    text: `select i.user_id, i.key, i.input_digest, i.subject_id from unnest($1::text[], $2::text[]) as k(user_id, key) join idempotency_keys i on i.user_id = k.user_id and i.key = k.key`,
  },
  addSeries: {
    name: 'yunheng_add_series',
    text: `insert into number_sequences (name, last) select name, 0 from unnest($1::text[]) as k(name) on conflict do nothing`,
  },
  series: {
    name: 'yunheng_series',
    text: `select name, last from number_sequences where name = any($1::text[]) order by name for update`,
  },
  writeSeries: {
    name: 'yunheng_write_series',
    text: `update number_sequences s set last = v.last from unnest($1::text[], $2::integer[]) as v(name, last) where s.name = v.name`,
  },
  addBalances: {
    name: 'yunheng_add_balances',
    text: `insert into ledger_balances (account, commodity, book, scope, stage, owner, balance, floor) select account, commodity, book, scope, stage, owner, 0, floor from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[]) as k(account, commodity, book, scope, stage, owner, floor) on conflict do nothing returning account, commodity`,
  },
  balances: {
    name: 'yunheng_balances',
    text: `select b.account, b.commodity, b.balance, b.floor from unnest($1::text[], $2::text[]) as k(account, commodity) join ledger_balances b on b.account = k.account and b.commodity = k.commodity order by b.account, b.commodity for update of b`,
  },
  writeBalances: {
    name: 'yunheng_write_balances',
    text: `update ledger_balances b set balance = v.balance, floor = v.floor from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[]) as v(account, commodity, balance, floor) where b.account = v.account and b.commodity = v.commodity`,
  },
  dropBalances: {
    name: 'yunheng_drop_balances',
    text: `delete from ledger_balances b using unnest($1::text[], $2::text[]) as v(account, commodity) where b.account = v.account and b.commodity = v.commodity`,
  },
} as const satisfies Record<string, Statement>;
