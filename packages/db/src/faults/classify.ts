import { AdapterError, type ErrorCode } from '@yunheng/kernel/errors';
import type { Fault } from './fault.ts';
import { uniqueName } from './unique-names.ts';

/**
 * Says what a driver's or Drizzle's error means, without the statement's parameters: `DrizzleQueryError.message` and
 * PostgreSQL's `detail` hold them, so neither is kept, only codes and names.
 */
export function classify(error: unknown): Fault {
  if (error instanceof AdapterError) return { kind: 'failed', error };
  const driver = driverError(error);
  if (driver === null) return { kind: 'row', code: 'not a database error', cause: error };
  return driver.code.startsWith('SQLITE_') ? sqliteFault(driver) : postgresFault(driver);
}

interface DriverError {
  readonly code: string;
  readonly message: string;
  readonly constraint: string | undefined;
}

function driverError(error: unknown): DriverError | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') {
    const constraint =
      'constraint' in error && typeof error.constraint === 'string' ? error.constraint : undefined;
    return { code: error.code, message: error.message, constraint };
  }
  // pg reports a lost connection by text alone.
  if (
    /connection (terminated|timeout)|timeout exceeded when trying to connect/iu.test(error.message)
  ) {
    return { code: 'ECONNRESET', message: '', constraint: undefined };
  }
  return driverError(error.cause);
}

function sqliteFault({ code, message }: DriverError): Fault {
  if (code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY') {
    return { kind: 'unique', name: uniqueName(message.slice(message.indexOf(': ') + 2)) };
  }
  if (
    code.startsWith('SQLITE_CONSTRAINT') ||
    code === 'SQLITE_MISMATCH' ||
    code === 'SQLITE_ERROR'
  ) {
    return { kind: 'row', code, cause: undefined };
  }
  if (code === 'SQLITE_FULL') return failed('store.full', code);
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return failed('store.damaged', code);
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return failed('store.locked', code);
  }
  return failed('store.unavailable', code);
}

function postgresFault({ code, constraint }: DriverError): Fault {
  if (code === '23505') return { kind: 'unique', name: constraint ?? code };
  if (code === '40001' || code === '40P01') {
    return { kind: 'retry', error: adapterError('store.conflict', code) };
  }
  if (code === '53100') return failed('store.full', code);
  if (code.startsWith('XX00')) return failed('store.damaged', code);
  // Integrity, data and syntax classes are about the row or the statement, not about the server.
  if (/^(22|23|42)/u.test(code)) return { kind: 'row', code, cause: undefined };
  return failed('store.unavailable', code);
}

const failed = (code: ErrorCode, driverCode: string): Fault => ({
  kind: 'failed',
  error: adapterError(code, driverCode),
});

const lasting: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['store.damaged', 'store.locked']);

function adapterError(code: ErrorCode, driverCode: string): AdapterError {
  const cause = new Error(`the database answered ${driverCode}`);
  return new AdapterError(code, { retryable: !lasting.has(code), cause });
}
