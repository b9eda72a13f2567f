import { describe, expect, test } from 'vitest';
import type { RequestDetail } from '../../api/types.ts';
import { ledgerMoves, ledgerRows } from './ledger-rows.ts';

type Transfer = RequestDetail['transfers'][number];

const aTransfer = (entries: Transfer['entries']): Transfer => ({
  id: 'trf_1',
  causeKind: 'hold',
  causeId: 'qr_1:1:0',
  effectiveAt: 1_000,
  recordedAt: 1_000,
  entries,
});
const move = (from: string, to: string, amount = 64_000, commodity = 'pool_1:cpu') => [
  { account: from, commodity, amount: -amount },
  { account: to, commodity, amount },
];

describe('ledger rows', () => {
  test.each([
    ['capacity/pool_1/free', 'capacity/pool_1/held/ln_1', 'hold'],
    ['capacity/pool_1/held/ln_1', 'capacity/pool_1/allocated/alc_1', 'allocate'],
    ['quota/dep_1/held/ln_1', 'quota/dep_1/system/sys_1', 'allocate'],
    ['capacity/pool_1/held/ln_1', 'capacity/pool_1/free', 'give_back'],
    ['capacity/pool_1/held/ln_1', 'capacity/pool_2/held/ln_1', 'move'],
    ['capacity/pool_1/allocated/alc_1', 'capacity/pool_1/free', 'release'],
    ['quota/dep_1/system/sys_1', 'quota/dep_1/free', 'release'],
    ['capacity/pool_1/supply', 'capacity/pool_1/free', 'supply'],
    ['elsewhere', 'nowhere', 'other'],
  ])('%s to %s is told as %s', (from, to, movement) => {
    expect(ledgerRows([aTransfer(move(from, to))])[0]?.movement).toBe(movement);
  });

  test('one row for each commodity, because each sums to zero by itself', () => {
    const rows = ledgerRows([
      aTransfer([
        ...move('capacity/pool_1/free', 'capacity/pool_1/held/ln_1'),
        ...move('quota/dep_1/free', 'quota/dep_1/held/ln_1', 64_000, 'quota:cpu'),
      ]),
    ]);
    expect(rows.map(({ resource, amount, balanced }) => ({ resource, amount, balanced }))).toEqual([
      { resource: 'cpu', amount: 64_000, balanced: true },
      { resource: 'cpu', amount: 64_000, balanced: true },
    ]);
  });

  test('lines that move alike are told as one movement of several resources, books apart', () => {
    const transfer = aTransfer([
      ...move('capacity/pool_1/free', 'capacity/pool_1/held/ln_1'),
      ...move('capacity/pool_1/free', 'capacity/pool_1/held/ln_2', 2048, 'pool_1:memory'),
      ...move('capacity/pool_1/free', 'capacity/pool_1/held/ln_3', 1000, 'pool_1:memory'),
      ...move('quota/dep_1/free', 'quota/dep_1/held/ln_1', 64_000, 'quota:cpu'),
    ]);
    const placeOf = (account: string) => account.split('/').slice(0, 3).join('/');
    const moves = ledgerMoves(ledgerRows([transfer]), placeOf);
    expect(moves.map(({ from, amounts }) => [from, amounts])).toEqual([
      ['capacity/pool_1/free', { cpu: 64_000, memory: 3048 }],
      ['quota/dep_1/free', { cpu: 64_000 }],
    ]);
  });

  test('a transfer that does not sum to zero is said to be out of balance', () => {
    const [from, to] = move('capacity/pool_1/free', 'capacity/pool_1/held/ln_1');
    const broken = [from, { ...to, amount: 1 }].filter((entry) => entry !== undefined);
    expect(ledgerRows([aTransfer(broken as Transfer['entries'])])[0]?.balanced).toBe(false);
  });
});
