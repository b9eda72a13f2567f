import { randomFillSync } from 'node:crypto';
import { formatId, type Ids } from '@yunheng/kernel/ids';

/** UUIDv7 in base32: real time, so that ids of one process sort by creation, and 74 random bits. */
export function createIds(): Ids {
  let last = 0;
  let count = 0;
  // The system is asked for many at once: a question costs more than the bytes.
  const pool = new Uint8Array(10 * 400);
  let used = pool.length;
  return {
    next(kind) {
      const now = Math.max(last, Date.now());
      count = now === last ? count + 1 : 0;
      const at = count > 0xfff ? now + 1 : now;
      if (at !== now) count = 0;
      last = at;
      if (used === pool.length) {
        randomFillSync(pool);
        used = 0;
      }
      const random = pool.subarray(used, used + 10);
      used += 10;
      // The first 12 bits count within a millisecond: two ids of one commit sort as they were made.
      random[0] = (count >> 4) & 0xff;
      random[1] = ((count & 0x0f) << 4) | ((random[1] ?? 0) & 0x0f);
      return formatId(kind, at, random);
    },
  };
}
