import { DatabaseSync } from 'node:sqlite';

/** A hand that goes past the product: writes into the file of a store by a connection of its own. */
export function tamper(path: string, ...statements: readonly string[]): void {
  const database = new DatabaseSync(path);
  try {
    for (const statement of statements) database.exec(statement);
  } finally {
    database.close();
  }
}
