import type { Change } from '@yunheng/db/store';
import type { Ids } from '@yunheng/kernel/ids';
import { expect } from 'vitest';
import { auditDraft, holdChange, newRequest, newUser, supplyChange } from '../store-changes.ts';
import type { StoreCases } from './cases.ts';

const format = (n: number): string => `配申〔2026〕${n} 号`;

/** A submission that takes a number, holds `amount`, and adds a user whose name may be taken. */
export function numbered(ids: Ids, amount: number, username: string): Change {
  const row = newRequest(ids);
  return {
    ...holdChange(ids, row.id, amount),
    inserts: [
      { table: 'quotaRequests', row },
      { table: 'users', row: newUser(ids, username) },
    ],
    numbering: { series: 'request:2026', format, requestId: row.id },
  };
}

export const numberingCases: StoreCases = {
  'numbers have no gaps, whatever is refused or fails between them': async (store, ids) => {
    await store.commit(supplyChange(ids, 100));
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, (_, index) => {
        const tooMuch = index % 5 === 3;
        const takenName = index % 7 === 6;
        return store.commit(
          numbered(ids, tooMuch ? 1000 : 1, takenName ? 'user 0' : `user ${index}`),
        );
      }),
    );
    const given = outcomes.flatMap((outcome) => (outcome.kind === 'done' ? [outcome.number] : []));
    expect(given).toEqual(given.map((_, index) => format(index + 1)));
    const rows = await store.read.select().from(store.tables.quotaRequests);
    expect(new Set(rows.map((row) => row.number))).toEqual(new Set(given));
    expect(rows).toHaveLength(given.length);
  },

  'a number goes into the row that a Change updates': async (store, ids) => {
    const row = newRequest(ids);
    await store.commit({ audit: auditDraft(), inserts: [{ table: 'quotaRequests', row }] });
    const outcome = await store.commit({
      audit: auditDraft(),
      updates: [{ table: 'quotaRequests', key: row.id, version: 1, set: { state: 'in_review' } }],
      numbering: { series: 'request:2026', format, requestId: row.id },
    });
    expect(outcome).toMatchObject({ kind: 'done', number: format(1) });
    const [read] = await store.read.select().from(store.tables.quotaRequests);
    expect(read).toMatchObject({ number: format(1), version: 2 });
  },

  'every series counts for itself': async (store, ids) => {
    const take = (series: string) => {
      const row = newRequest(ids);
      return store.commit({
        audit: auditDraft(),
        inserts: [{ table: 'quotaRequests', row }],
        numbering: { series, format: (n) => `${series} ${n}`, requestId: row.id },
      });
    };
    const outcomes = await Promise.all(['2026', '2027', '2026'].map(take));
    expect(outcomes.map((outcome) => (outcome.kind === 'done' ? outcome.number : null))).toEqual([
      '2026 1',
      '2027 1',
      '2026 2',
    ]);
  },
};
