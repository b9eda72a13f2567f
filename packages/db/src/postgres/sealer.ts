import type { Pool } from 'pg';
import { classify } from '../faults/classify.ts';
import type { Seal } from '../store.ts';
import { driverRow, type Shapes } from '../table-shape.ts';
import { runOn, type Run } from './facts.ts';
import { statementsOf, type Statements } from './statements.ts';

const numberEntries = {
  name: 'yunheng_number_entries',
  text: 'update audit_entries e set seq = v.seq, chain_hash = v.link from unnest($1::text[], $2::integer[], $3::text[]) as v(id, seq, link) where e.id = v.id and e.seq is null',
};

/** The same as on SQLite; two processes that seal at once meet at the unique number, and one of them takes back all. */
export function postgresSealer(pool: Pool, shapes: Shapes): (seal: Seal) => Promise<boolean> {
  const statements = statementsOf(shapes);
  return async (seal) => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      const sealed = await write(runOn(client), statements, { seal, shapes });
      await client.query(sealed ? 'commit' : 'rollback');
      return sealed;
    } catch (error) {
      await client.query('rollback');
      const fault = classify(error);
      if (fault.kind === 'unique' || fault.kind === 'retry') return false;
      throw 'error' in fault ? fault.error : error;
    } finally {
      client.release();
    }
  };
}

async function write(
  run: Run,
  statements: Statements,
  { seal, shapes }: { seal: Seal; shapes: Shapes },
): Promise<boolean> {
  const { entries, head } = seal;
  const { count } = await run(numberEntries, [
    entries.map(({ id }) => id),
    entries.map(({ seq }) => seq),
    entries.map(({ chainHash }) => chainHash),
  ]);
  if (count !== entries.length) return false;
  const row = driverRow(shapes.auditHeads, head);
  await run(
    statements.insert('auditHeads'),
    row.map((value) => [value]),
  );
  return true;
}
