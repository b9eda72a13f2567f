import { classify } from '../faults/classify.ts';
import type { LifeSign } from '../store.ts';
import type { StatementCache } from './statement-cache.ts';

const text = 'update sessions set last_seen_at = ? where id = ? and last_seen_at = ?';

/** Of several requests that come at once, the first one writes. */
export function sqliteLifeSigns(statements: StatementCache): (sign: LifeSign) => Promise<void> {
  return async ({ sessionId, before, at }) => {
    try {
      statements.get(text).run(at, sessionId, before);
    } catch (error) {
      const fault = classify(error);
      throw 'error' in fault ? fault.error : error;
    }
  };
}
