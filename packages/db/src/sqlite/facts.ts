import type Sqlite from 'better-sqlite3';
import {
  pairKey,
  splitPair,
  type BalanceFact,
  type Facts,
  type UsedKey,
  type Wanted,
} from '../committer/facts.ts';
import type { TableName } from '../store.ts';
import { quoted, type Shapes } from '../table-shape.ts';

/** Reads what a batch involves: one statement of each kind over a JSON list of keys. The one writer needs no lock. */
export function factsReader(
  connection: Sqlite.Database,
  shapes: Shapes,
): (wanted: Wanted) => Facts {
  const balances = connection.prepare<
    [string],
    BalanceFact & { account: string; commodity: string }
  >(
    `select b.account, b.commodity, b.balance, b.floor from json_each(?) k join ledger_balances b on b.account = k.value ->> 0 and b.commodity = k.value ->> 1`,
  );
  const causes = connection.prepare<[string], { kind: string; id: string }>(
    `select t.cause_kind as kind, t.cause_id as id from json_each(?) k join ledger_transfers t on t.cause_kind = k.value ->> 0 and t.cause_id = k.value ->> 1`,
  );
  const keys = connection.prepare<[string], UsedKey & { userId: string; key: string }>(
    `select i.user_id as userId, i.key, i.input_digest as inputDigest, i.subject_id as subjectId from json_each(?) k join idempotency_keys i on i.user_id = k.value ->> 0 and i.key = k.value ->> 1`,
  );
  const series = connection.prepare<[string], { name: string; last: number }>(
    `select name, last from number_sequences where name in (select value from json_each(?))`,
  );
  const versions = versionReaders(connection, shapes);

  return (wanted) => ({
    balances: mapOf(wanted.balances.size, () =>
      balances
        .all(
          listOf(
            [...wanted.balances.values()].map(({ account, commodity }) => [account, commodity]),
          ),
        )
        .map(({ account, commodity, balance, floor }) => [
          pairKey(account, commodity),
          { balance, floor },
        ]),
    ),
    causes: new Set(
      wanted.causes.size === 0
        ? []
        : causes.all(pairList(wanted.causes)).map(({ kind, id }) => pairKey(kind, id)),
    ),
    versions: new Map([...wanted.versions].flatMap(([table, ids]) => versions(table, ids))),
    idempotency: mapOf(wanted.idempotency.size, () =>
      keys
        .all(pairList(wanted.idempotency))
        .map(({ userId, key, ...used }) => [pairKey(userId, key), used]),
    ),
    series: mapOf(wanted.series.size, () =>
      series.all(listOf([...wanted.series])).map(({ name, last }) => [name, last]),
    ),
  });
}

type ReadVersions = (table: TableName, keys: ReadonlySet<string>) => [string, number][];

function versionReaders(connection: Sqlite.Database, shapes: Shapes): ReadVersions {
  const prepared = new Map<
    TableName,
    Sqlite.Statement<[string], { key: string; version: number }>
  >();
  return (table, keys) => {
    const { name, keyColumn } = shapes[table];
    let statement = prepared.get(table);
    if (statement === undefined) {
      statement = connection.prepare(
        `select ${quoted(keyColumn)} as key, version from ${quoted(name)} where ${quoted(keyColumn)} in (select value from json_each(?))`,
      );
      prepared.set(table, statement);
    }
    return statement
      .all(listOf([...keys]))
      .map(({ key, version }) => [pairKey(table, key), version]);
  };
}

const listOf = (values: readonly unknown[]): string => JSON.stringify(values);
const pairList = (pairs: ReadonlySet<string>): string => listOf([...pairs].map(splitPair));

function mapOf<T>(size: number, read: () => [string, T][]): ReadonlyMap<string, T> {
  return new Map(size === 0 ? [] : read());
}
