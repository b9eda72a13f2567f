import type Sqlite from 'better-sqlite3';
import type { Backend } from '../committer/backend.ts';
import type { Facts, Wanted } from '../committer/facts.ts';
import type { Plan } from '../committer/plan.ts';
import type { Shapes } from '../table-shape.ts';
import { factsReader } from './facts.ts';
import { balanceWriter, rowInserter } from './insert-rows.ts';
import type { StatementCache } from './statement-cache.ts';
import { rowUpdater } from './update-rows.ts';

interface Parts {
  readonly statements: StatementCache;
  readonly shapes: Shapes;
  /** After each commit, with the number of rows that it wrote. */
  readonly wrote: (rows: number) => void;
}

/** The one writer of a SQLite file. Everything between begin and commit is synchronous: nothing can slip in. */
export function sqliteBackend(connection: Sqlite.Database, parts: Parts): Backend {
  const readFacts = factsReader(connection, parts.shapes);
  const write = planWriter(connection, parts);
  const transaction = connection.transaction((wanted: Wanted, decide: (facts: Facts) => Plan) => {
    const plan = decide(readFacts(wanted));
    write(plan);
    return plan;
  });
  return {
    transact: async (wanted, decide) => {
      const plan = transaction.immediate(wanted, decide);
      parts.wrote(rowsOf(plan));
      return plan;
    },
  };
}

function planWriter(
  connection: Sqlite.Database,
  { statements, shapes }: Parts,
): (plan: Plan) => void {
  const insertRows = rowInserter(connection, shapes);
  const updateRows = rowUpdater(statements, shapes);
  const writeBalances = balanceWriter(connection);
  const sequence = `insert into number_sequences (name, last) values (?, ?) on conflict (name) do update set last = excluded.last`;

  return (plan) => {
    for (const [table, rows] of plan.inserts) insertRows(table, rows);
    for (const group of plan.updates) updateRows(group);
    writeBalances(plan.balances);
    for (const [name, last] of plan.series) statements.get(sequence).run(name, last);
  };
}

function rowsOf({ inserts, updates, balances }: Plan): number {
  let rows = balances.length;
  for (const inserted of inserts.values()) rows += inserted.length;
  for (const group of updates) rows += group.length;
  return rows;
}
