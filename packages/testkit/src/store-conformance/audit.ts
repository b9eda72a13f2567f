import { auditContentHash } from '@yunheng/db/audit-content';
import { expect } from 'vitest';
import { auditDraft, holdChange, supplyChange } from '../store-changes.ts';
import type { StoreCases } from './cases.ts';

export const auditCases: StoreCases = {
  'every change and every refusal leaves one entry, whose hash covers what is read back': async (
    store,
    ids,
  ) => {
    const detail = { z: 'last', a: 1, flag: true, none: null };
    await store.commit({
      ...supplyChange(ids, 10),
      audit: auditDraft({ detail, tenantId: 'ten' }),
    });
    await store.commit(holdChange(ids, 'ln_1', 11));
    await store.refuse({ audit: auditDraft({ action: 'test.rule' }), code: 'access.forbidden' });
    const entries = await store.read.select().from(store.tables.auditEntries);
    const said = entries.map(({ outcome, errorCode }) => `${outcome} ${errorCode ?? ''}`);
    expect(new Set(said)).toEqual(
      new Set(['done ', 'refused access.forbidden', 'refused request.capacity_short']),
    );
    expect(entries).toHaveLength(3);
    for (const entry of entries) expect(auditContentHash(entry)).toBe(entry.contentHash);
    expect(entries.every((entry) => entry.seq === null && entry.chainHash === null)).toBe(true);
  },
};
