import { balancesOfAccounts } from '@yunheng/db/queries/balances';
import { belowFloor, replayDifferences, unbalancedTransfers } from '@yunheng/db/queries/ledger';
import type { Store } from '@yunheng/db/store';
import { capacityAccounts } from '@yunheng/domain/ledger/accounts';
import type { Ids } from '@yunheng/kernel/ids';
import fc from 'fast-check';
import { expect } from 'vitest';
import {
  auditDraft,
  holdChange,
  move,
  supplyChange,
  testPool,
  transfer,
} from '../store-changes.ts';
import type { StoreCases } from './cases.ts';

/** Given by hand to repeat a run: fast-check names the seed when a property fails. */
const seed = Number(process.env['YUNHENG_TEST_SEED'] ?? Date.now() % 1_000_000);

export const oversellCases: StoreCases = {
  [`200 callers on one pool never get more than it has (seed ${seed})`]: async (store, ids) => {
    const rounds = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 200, maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 6000 }), rounds, async (capacity, amounts) => {
        await holdTogether(store, ids, { capacity, amounts });
      }),
      { seed, numRuns: 8 },
    );
    await expectSound(store);
  },

  [`balances equal the sum of entries after any transfers (seed ${seed})`]: async (store, ids) => {
    const account = fc.constantFrom('free', 'held/a', 'held/b', 'allocated/c', 'supply');
    const step = fc.record({
      from: account,
      to: account,
      amount: fc.integer({ min: 0, max: 100 }),
      commodity: fc.constantFrom('p:cpu', 'p:memory'),
    });
    const steps = fc.array(step, { minLength: 1, maxLength: 80 });
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        await Promise.all(
          taken.map(({ from, to, amount, commodity }) =>
            store.commit({
              audit: auditDraft(),
              transfers: [
                transfer(
                  ids,
                  { kind: 'hold_move', id: ids.next('decision') },
                  move(commodity, amount, { from: `capacity/p/${from}`, to: `capacity/p/${to}` }),
                ),
              ],
            }),
          ),
        );
        await expectSound(store);
      }),
      { seed, numRuns: 8 },
    );
  },
};

/** In order of arrival: a hold is taken exactly when it fits into what is left. */
async function holdTogether(
  store: Store,
  ids: Ids,
  round: { readonly capacity: number; readonly amounts: readonly number[] },
): Promise<void> {
  const before = await freeNow(store);
  await store.commit(supplyChange(ids, round.capacity));
  const outcomes = await Promise.all(
    round.amounts.map((amount) => store.commit(holdChange(ids, ids.next('requestLine'), amount))),
  );
  let left = before + round.capacity;
  const expected = round.amounts.map((amount) => {
    if (amount > left) return 'refused';
    left -= amount;
    return 'done';
  });
  expect(outcomes.map((outcome) => outcome.kind)).toEqual(expected);
  expect(await freeNow(store)).toBe(left);
}

async function freeNow(store: Store): Promise<number> {
  const [row] = await balancesOfAccounts(store, [capacityAccounts.free(testPool)]);
  return row?.balance ?? 0;
}

export async function expectSound(store: Store): Promise<void> {
  expect((await replayDifferences(store)).differences).toEqual([]);
  expect((await unbalancedTransfers(store)).transferIds).toEqual([]);
  expect((await belowFloor(store)).balances).toEqual([]);
}
