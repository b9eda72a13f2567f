import type { PoolClient } from 'pg';
import { defaultFloor } from '../committer/book.ts';
import {
  pairKey,
  splitPair,
  type BalanceFact,
  type BalanceKey,
  type Facts,
  type Wanted,
} from '../committer/facts.ts';
import type { Statement, Statements } from './statements.ts';

export type Run = (statement: Statement, values: readonly unknown[]) => Promise<Answer>;

export interface Answer {
  readonly rows: readonly (readonly unknown[])[];
  readonly count: number;
}

export function runOn(client: PoolClient): Run {
  return async ({ name, text }, values) => {
    const result = await client.query<unknown[]>({
      name,
      text,
      values: [...values],
      rowMode: 'array',
    });
    return { rows: result.rows, count: result.rowCount ?? 0 };
  };
}

export interface LockedFacts extends Facts {
  /** Balance rows that were added to have something to lock; what no Change uses is taken out again. */
  readonly added: ReadonlySet<string>;
}

/**
 * Reads what a batch involves. Every process locks in one order: guarded rows by table and key, number series, balances;
 * missing balances are added first, so that two processes cannot both believe that a balance is still zero.
 */
export async function lockFacts(
  run: Run,
  statements: Statements,
  wanted: Wanted,
): Promise<LockedFacts> {
  const { fixed } = statements;
  const versions = await lockVersions(run, statements, wanted);
  const series = await lockSeries(run, statements, wanted);
  const balances = await lockBalances(run, statements, wanted);
  // After the locks: whoever holds the same balances has committed, and its causes are visible.
  const causes = await pairs(run, fixed.causes, wanted.causes);
  const used = await pairs(run, fixed.idempotency, wanted.idempotency);
  return {
    versions,
    series,
    ...balances,
    causes: new Set(causes.map(([kind, id]) => pairKey(String(kind), String(id)))),
    idempotency: new Map(
      used.map(([userId, key, inputDigest, subjectId]) => [
        pairKey(String(userId), String(key)),
        { inputDigest: String(inputDigest), subjectId: String(subjectId) },
      ]),
    ),
  };
}

async function lockVersions(
  run: Run,
  statements: Statements,
  wanted: Wanted,
): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const tables = [...wanted.versions].toSorted(([left], [right]) => order(left, right));
  for (const [table, keys] of tables) {
    const { rows } = await run(statements.versions(table), [[...keys]]);
    for (const [key, version] of rows) found.set(pairKey(table, String(key)), Number(version));
  }
  return found;
}

async function lockSeries(
  run: Run,
  { fixed }: Statements,
  wanted: Wanted,
): Promise<Map<string, number>> {
  if (wanted.series.size === 0) return new Map();
  const names = [...wanted.series].toSorted(order);
  await run(fixed.addSeries, [names]);
  const { rows } = await run(fixed.series, [names]);
  return new Map(rows.map(([name, last]) => [String(name), Number(last)]));
}

async function lockBalances(
  run: Run,
  { fixed }: Statements,
  wanted: Wanted,
): Promise<{ balances: Map<string, BalanceFact>; added: Set<string> }> {
  if (wanted.balances.size === 0) return { balances: new Map(), added: new Set() };
  const keys = [...wanted.balances.values()].toSorted((left, right) => order(left.key, right.key));
  const accounts = keys.map(({ account }) => account);
  const commodities = keys.map(({ commodity }) => commodity);
  const inserted = await run(fixed.addBalances, [accounts, commodities, ...parsedLists(keys)]);
  const { rows } = await run(fixed.balances, [accounts, commodities]);
  return {
    added: new Set(inserted.rows.map(([account, commodity]) => pairOf(account, commodity))),
    balances: new Map(
      rows.map(([account, commodity, balance, floor]) => [
        pairOf(account, commodity),
        { balance: Number(balance), floor: floor === null ? null : Number(floor) },
      ]),
    ),
  };
}

const parsedLists = (keys: readonly BalanceKey[]): unknown[][] => [
  keys.map(({ parsed }) => parsed.book),
  keys.map(({ parsed }) => parsed.scope),
  keys.map(({ parsed }) => parsed.stage),
  keys.map(({ parsed }) => parsed.owner),
  keys.map(({ parsed }) => defaultFloor(parsed)),
];

async function pairs(
  run: Run,
  statement: Statement,
  wanted: ReadonlySet<string>,
): Promise<Answer['rows']> {
  if (wanted.size === 0) return [];
  const split = [...wanted].map(splitPair);
  const lists = [split.map(([left]) => left), split.map(([, right]) => right)];
  return (await run(statement, lists)).rows;
}

const order = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
const pairOf = (left: unknown, right: unknown): string => pairKey(String(left), String(right));
