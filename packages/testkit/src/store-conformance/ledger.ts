import { balancesOfAccounts } from '@yunheng/db/queries/balances';
import {
  balancesAsOf,
  belowFloor,
  replayDifferences,
  unbalancedTransfers,
} from '@yunheng/db/queries/ledger';
import type { Store } from '@yunheng/db/store';
import { capacityAccounts, quotaAccounts, quotaCommodity } from '@yunheng/domain/ledger/accounts';
import type { Amount } from '@yunheng/kernel/quantity';
import { InvariantError } from '@yunheng/kernel/invariant';
import { expect } from 'vitest';
import {
  auditDraft,
  holdChange,
  move,
  supplyChange,
  testCommodity,
  testInstant,
  testPool,
  transfer,
} from '../store-changes.ts';
import { done, kinds, type StoreCases } from './cases.ts';

const free = capacityAccounts.free(testPool);

export const ledgerCases: StoreCases = {
  'a hold moves from free to its own account': async (store, ids) => {
    await store.commit(supplyChange(ids, 100));
    expect(await store.commit(holdChange(ids, 'ln_1', 40))).toEqual(done);
    expect(await balanceOf(store, free)).toBe(60);
    expect(await balanceOf(store, capacityAccounts.held(testPool, 'ln_1'))).toBe(40);
    expect(await balanceOf(store, capacityAccounts.supply(testPool))).toBe(-100);
  },

  'a refusal names account, balance, need and what is missing, and writes one entry': async (
    store,
    ids,
  ) => {
    await store.commit(supplyChange(ids, 100));
    const figures = {
      account: free,
      commodity: testCommodity,
      balance: 100,
      floor: 0,
      needed: 130,
      missing: 30,
    };
    const outcome = await store.commit(holdChange(ids, 'ln_1', 130));
    expect(outcome).toEqual({ kind: 'refused', shortfalls: [figures] });
    expect(await store.read.$count(store.tables.ledgerTransfers)).toBe(1);
    expect(await store.read.$count(store.tables.ledgerBalances)).toBe(2);
    const entries = await store.read.select().from(store.tables.auditEntries);
    const refused = entries.filter((entry) => entry.outcome === 'refused');
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({
      errorCode: 'request.capacity_short',
      action: 'test.hold',
      detail: figures,
    });
  },

  'every account that falls short is named at once': async (store, ids) => {
    const cpu = quotaCommodity('cpu');
    const both = transfer(ids, { kind: 'hold', id: 'ln_1:1:1' }, [
      ...move(testCommodity, 5, { from: free, to: capacityAccounts.held(testPool, 'ln_1') }),
      ...move(cpu, 7, { from: quotaAccounts.free('dep'), to: quotaAccounts.held('dep', 'ln_1') }),
    ]);
    const outcome = await store.commit({ audit: auditDraft(), transfers: [both] });
    expect(outcome).toMatchObject({
      kind: 'refused',
      shortfalls: [
        { account: free, missing: 5 },
        { account: quotaAccounts.free('dep'), missing: 7 },
      ],
    });
  },

  'a floor that the authority sets lower is what the next hold is judged by': async (
    store,
    ids,
  ) => {
    const account = quotaAccounts.free('dep');
    const cpu = quotaCommodity('cpu');
    const hold = (line: string, amount: Amount) =>
      store.commit({
        audit: auditDraft(),
        transfers: [
          transfer(
            ids,
            { kind: 'hold', id: `${line}:1:1` },
            move(cpu, amount, { from: account, to: quotaAccounts.held('dep', line) }),
          ),
        ],
      });
    await store.commit({
      audit: auditDraft(),
      floors: [{ account, commodity: cpu, floor: -50 }],
    });
    expect(kinds([await hold('ln_1', 50), await hold('ln_2', 1)])).toEqual(['done', 'refused']);
    expect(await belowFloor(store)).toEqual({ checked: 2, balances: [] });
  },

  'what comes back is never refused, even where a floor was raised above the balance': async (
    store,
    ids,
  ) => {
    await store.commit(supplyChange(ids, 10));
    await store.commit({
      audit: auditDraft(),
      floors: [{ account: free, commodity: testCommodity, floor: 50 }],
    });
    expect(await store.commit(supplyChange(ids, 5))).toEqual(done);
    expect(await store.commit(holdChange(ids, 'ln_1', 1))).toMatchObject({ kind: 'refused' });
  },

  'entries that do not sum to zero reject their caller only': async (store, ids) => {
    const lopsided = transfer(ids, { kind: 'supply', id: 'x' }, [
      { account: capacityAccounts.supply(testPool), commodity: testCommodity, amount: -5 },
      { account: free, commodity: testCommodity, amount: 6 },
    ]);
    const results = await Promise.allSettled([
      store.commit(supplyChange(ids, 1)),
      store.commit({ audit: auditDraft(), transfers: [lopsided] }),
      store.commit(supplyChange(ids, 2)),
    ]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(results[1]).toHaveProperty('reason', expect.any(InvariantError));
    expect(await balanceOf(store, free)).toBe(3);
  },

  'balances as of an instant see what was true then and known then': async (store, ids) => {
    const supply = (amount: Amount, effectiveAt: number, recordedAt: number) =>
      store.commit({
        audit: auditDraft({ at: recordedAt }),
        transfers: [{ ...onlyTransfer(supplyChange(ids, amount)), effectiveAt }],
      });
    await supply(100, testInstant, testInstant);
    await supply(10, testInstant + 10, testInstant + 10);
    await supply(1, testInstant, testInstant + 20);
    const at = async (effective: number, known: number) => {
      const rows = await balancesAsOf(store, [free], { effective, known });
      return rows[0]?.balance ?? 0;
    };
    expect(await at(testInstant - 1, testInstant + 99)).toBe(0);
    expect(await at(testInstant, testInstant)).toBe(100);
    expect(await at(testInstant, testInstant + 20)).toBe(101);
    expect(await at(testInstant + 10, testInstant + 10)).toBe(110);
  },

  'kept balances equal their entries, and every transfer sums to zero': async (store, ids) => {
    await store.commit(supplyChange(ids, 100));
    await Promise.all(
      [40, 30, 50].map((amount, index) => store.commit(holdChange(ids, `ln_${index}`, amount))),
    );
    expect(await replayDifferences(store)).toEqual({ checked: 4, differences: [] });
    expect(await unbalancedTransfers(store)).toEqual({ checked: 3, transferIds: [] });
  },
};

function onlyTransfer(change: ReturnType<typeof supplyChange>) {
  const [first] = change.transfers ?? [];
  if (first === undefined) throw new InvariantError('the Change has no transfer');
  return first;
}

async function balanceOf(store: Store, account: string): Promise<Amount | undefined> {
  const [row] = await balancesOfAccounts(store, [account]);
  return row?.balance;
}
