import { classify } from './classify.ts';

/** What Drizzle prepares. Both dialects' sessions have these and nothing else that runs a statement. */
const running = ['execute', 'all', 'get', 'values', 'run'] as const;

interface Session {
  prepareQuery(...parts: unknown[]): object;
}

/**
 * Reads that fail throw an AdapterError without the statement's parameters. Drizzle's own error carries them in its
 * message, which would end in a log.
 */
export function translated<T extends object>(database: T): T {
  const session = (database as unknown as { session: Session }).session; // internal, and the only seam there is
  const prepareQuery = session.prepareQuery.bind(session);
  session.prepareQuery = (...parts) => {
    const prepared = prepareQuery(...parts);
    for (const name of running) wrap(prepared, name);
    return prepared;
  };
  return database;
}

function wrap(prepared: object, name: (typeof running)[number]): void {
  const original: unknown = Reflect.get(prepared, name);
  if (typeof original !== 'function') return;
  Reflect.set(prepared, name, async (...parts: unknown[]) => {
    try {
      return await Reflect.apply(original, prepared, parts);
    } catch (error) {
      throw failure(error);
    }
  });
}

function failure(error: unknown): unknown {
  const fault = classify(error);
  if (fault.kind === 'failed' || fault.kind === 'retry') return fault.error;
  return fault.kind === 'row' && fault.cause !== undefined
    ? fault.cause
    : new Error(`a query was not accepted: ${fault.kind === 'row' ? fault.code : fault.name}`);
}
