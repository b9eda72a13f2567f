import type { Pool } from 'pg';
import { classify } from '../faults/classify.ts';
import type { LifeSign } from '../store.ts';
import { driverValue, type TableShape } from '../table-shape.ts';

const statement = {
  name: 'yunheng_life_sign',
  text: 'update sessions set last_seen_at = $1 where id = $2 and last_seen_at = $3',
};

/** Of several requests that come at once, to whichever process, the first one writes. */
export function postgresLifeSigns(
  pool: Pool,
  sessions: TableShape,
): (sign: LifeSign) => Promise<void> {
  const instant = instantOf(sessions);
  return async ({ sessionId, before, at }) => {
    try {
      await pool.query({ ...statement, values: [instant(at), sessionId, instant(before)] });
    } catch (error) {
      const fault = classify(error);
      throw 'error' in fault ? fault.error : error;
    }
  };
}

/** As the driver takes what the column holds. */
function instantOf({ columns }: TableShape): (value: number) => unknown {
  const column = columns.find(({ key }) => key === 'lastSeenAt');
  return (value) => (column === undefined ? value : driverValue(column, value));
}
