import type Sqlite from 'better-sqlite3';
import { classify } from '../faults/classify.ts';
import type { Seal } from '../store.ts';
import { driverRow, quoted, type TableShape } from '../table-shape.ts';
import type { StatementCache } from './statement-cache.ts';

const numberEntry = 'update audit_entries set seq = ?, chain_hash = ? where id = ? and seq is null';

/** Numbers and links in one transaction. An entry that has a number already means that another sealer was first. */
export function sqliteSealer(
  connection: Sqlite.Database,
  statements: StatementCache,
  heads: TableShape,
): (seal: Seal) => Promise<boolean> {
  const names = heads.columns.map(({ name }) => quoted(name)).join(', ');
  const places = heads.columns.map(() => '?').join(', ');
  const addHead = `insert into ${quoted(heads.name)} (${names}) values (${places})`;
  const transaction = connection.transaction(({ entries, head }: Seal) => {
    for (const { id, seq, chainHash } of entries) {
      const { changes } = statements.get(numberEntry).run(seq, chainHash, id);
      if (changes !== 1) throw new Overtaken();
    }
    statements.get(addHead).run(...driverRow(heads, head));
  });
  return async (seal) => {
    try {
      transaction.immediate(seal);
      return true;
    } catch (error) {
      if (error instanceof Overtaken) return false;
      const fault = classify(error);
      if (fault.kind === 'unique') return false;
      throw 'error' in fault ? fault.error : error;
    }
  };
}

class Overtaken extends Error {
  override readonly name = 'Overtaken';
}
