import type Sqlite from 'better-sqlite3';
import { invariant } from '@yunheng/kernel/invariant';
import type { Backend } from '../committer/backend.ts';
import type { Facts, Wanted } from '../committer/facts.ts';
import type { Plan } from '../committer/plan.ts';
import { quoted, type Shapes } from '../table-shape.ts';
import { factsReader } from './facts.ts';
import { rowInserter } from './insert-rows.ts';
import type { StatementCache } from './statement-cache.ts';

/** The one writer of a SQLite file. Everything between begin and commit is synchronous: nothing can slip in. */
export function sqliteBackend(
  connection: Sqlite.Database,
  statements: StatementCache,
  shapes: Shapes,
): Backend {
  const readFacts = factsReader(connection, shapes);
  const write = planWriter({ statements, shapes, insertRows: rowInserter(connection, shapes) });
  const transaction = connection.transaction((wanted: Wanted, decide: (facts: Facts) => Plan) => {
    const plan = decide(readFacts(wanted));
    write(plan);
    return plan;
  });
  return { transact: async (wanted, decide) => transaction.immediate(wanted, decide) };
}

interface Writing {
  readonly statements: StatementCache;
  readonly shapes: Shapes;
  readonly insertRows: ReturnType<typeof rowInserter>;
}

function planWriter({ statements, shapes, insertRows }: Writing): (plan: Plan) => void {
  const balance = `insert into ledger_balances (account, commodity, book, scope, stage, owner, balance, floor) values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (account, commodity) do update set balance = excluded.balance, floor = excluded.floor`;
  const sequence = `insert into number_sequences (name, last) values (?, ?) on conflict (name) do update set last = excluded.last`;

  return (plan) => {
    for (const [table, rows] of plan.inserts) insertRows(table, rows);
    for (const update of plan.updates) {
      const { name, keyColumn } = shapes[update.table];
      const set = [...update.columns, 'version']
        .map((column) => `${quoted(column)} = ?`)
        .join(', ');
      const text = `update ${quoted(name)} set ${set} where ${quoted(keyColumn)} = ? and version = ?`;
      const { changes } = statements
        .get(text)
        .run(...update.values, update.version, update.key, update.expected);
      invariant(changes === 1, `a guarded row of ${update.table} moved inside the transaction`);
    }
    for (const { on, balance: amount, floor } of plan.balances) {
      const { book, scope, stage, owner } = on.parsed;
      statements
        .get(balance)
        .run(on.account, on.commodity, book, scope, stage, owner, amount, floor);
    }
    for (const [name, last] of plan.series) statements.get(sequence).run(name, last);
  };
}
