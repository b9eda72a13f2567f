import type { Pool, PoolClient } from 'pg';
import { invariant } from '@yunheng/kernel/invariant';
import type { Backend } from '../committer/backend.ts';
import { splitPair } from '../committer/facts.ts';
import type { Plan } from '../committer/plan.ts';
import type { PreparedUpdate } from '../committer/prepared.ts';
import type { Shapes } from '../table-shape.ts';
import { lockFacts, runOn, type LockedFacts, type Run } from './facts.ts';
import { statementsOf, type Statements } from './statements.ts';

/** Several processes may commit at once; rows are locked in one order, and each table takes one statement a batch. */
export function postgresBackend(pool: Pool, shapes: Shapes): Backend {
  const statements = statementsOf(shapes);
  return {
    transact: async (wanted, decide) => {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query('begin');
        const run = runOn(client);
        const facts = await lockFacts(run, statements, wanted);
        const plan = decide(facts);
        await write(run, statements, { plan, facts });
        await client.query('commit');
        return plan;
      } catch (error) {
        broken = await rolledBack(client);
        throw error;
      } finally {
        client.release(broken);
      }
    },
  };
}

/** A connection that cannot even roll back is thrown away. */
async function rolledBack(client: PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error('rollback failed');
  }
}

interface Decided {
  readonly plan: Plan;
  readonly facts: LockedFacts;
}

async function write(run: Run, statements: Statements, { plan, facts }: Decided): Promise<void> {
  for (const [table, rows] of plan.inserts) {
    await run(statements.insert(table), lists(rows));
  }
  for (const group of plan.updates) await writeUpdates(run, statements, group);
  await writeBalances(run, statements, { plan, facts });
  if (plan.series.size > 0) {
    const { fixed } = statements;
    await run(fixed.writeSeries, [[...plan.series.keys()], [...plan.series.values()]]);
  }
}

async function writeUpdates(
  run: Run,
  statements: Statements,
  group: readonly PreparedUpdate[],
): Promise<void> {
  const [first] = group;
  if (first === undefined) return;
  const { count } = await run(statements.update(first.table, first.columns), [
    group.map(({ key }) => key),
    group.map(({ expected }) => expected),
    group.map(({ version }) => version),
    ...lists(group.map(({ values }) => values)),
  ]);
  invariant(count === group.length, `guarded rows of ${first.table} moved under lock`);
}

async function writeBalances(
  run: Run,
  { fixed }: Statements,
  { plan, facts }: Decided,
): Promise<void> {
  if (plan.balances.length > 0) {
    await run(fixed.writeBalances, [
      plan.balances.map(({ on }) => on.account),
      plan.balances.map(({ on }) => on.commodity),
      plan.balances.map(({ balance }) => balance),
      plan.balances.map(({ floor }) => floor),
    ]);
  }
  const used = new Set(plan.balances.map(({ on }) => on.key));
  const unused = [...facts.added].filter((key) => !used.has(key)).map(splitPair);
  if (unused.length > 0) {
    await run(fixed.dropBalances, [unused.map(([account]) => account), unused.map(([, of]) => of)]);
  }
}

/** Rows to one list a column. */
function lists(rows: readonly (readonly unknown[])[]): unknown[][] {
  const width = rows[0]?.length ?? 0;
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column]));
}
