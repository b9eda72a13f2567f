import { formatId, type Ids } from '@yunheng/kernel/ids';

/** Identifiers in the order in which they are taken, the same in every run: for tests and benches only. */
export function countedIds(start = 0): Ids {
  let taken = start;
  return {
    next: (kind) => {
      taken += 1;
      const tail = new Uint8Array(10);
      new DataView(tail.buffer).setUint32(4, taken);
      return formatId(kind, firstOfNovember2026, tail);
    },
  };
}

const firstOfNovember2026 = 1_793_462_400_000;
