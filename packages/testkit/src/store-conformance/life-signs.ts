import type { Store } from '@yunheng/db/store';
import { expect } from 'vitest';
import { auditDraft } from '../store-changes.ts';
import type { StoreCases } from './cases.ts';

const row = {
  id: 'ses_1',
  secretHash: 'x',
  csrfToken: 'y',
  userId: 'usr_1',
  createdAt: 1_000,
  lastSeenAt: 1_000,
  expiresAt: 9_000,
  endedAt: null,
  source: 'test',
  version: 1,
};

const opened = (store: Store) =>
  store.commit({ audit: auditDraft(), inserts: [{ table: 'sessions', row }] });

const session = async (store: Store) => (await store.read.select().from(store.tables.sessions))[0];

export const lifeSignCases: StoreCases = {
  'a session that was seen says when, and nothing else of it moves': async (store) => {
    await opened(store);
    await store.seen({ sessionId: row.id, before: 1_000, at: 5_000 });
    expect(await session(store)).toEqual({ ...row, lastSeenAt: 5_000 });
  },

  'of several at once the first one writes': async (store) => {
    await opened(store);
    const signs = [5_000, 5_001, 5_002].map((at) =>
      store.seen({ sessionId: row.id, before: 1_000, at }),
    );
    await Promise.all(signs);
    const seen = await session(store);
    await store.seen({ sessionId: row.id, before: 1_000, at: 8_000 });
    expect(await session(store)).toEqual(seen);
  },

  'none of them leaves an audit entry, and a Change that read the session before still holds':
    async (store) => {
      await opened(store);
      await store.seen({ sessionId: row.id, before: 1_000, at: 5_000 });
      const ended = await store.commit({
        audit: auditDraft(),
        updates: [{ table: 'sessions', key: row.id, version: 1, set: { endedAt: 6_000 } }],
      });
      expect(ended).toMatchObject({ kind: 'done' });
      expect(await store.read.$count(store.tables.auditEntries)).toBe(2);
      expect(await session(store)).toMatchObject({ lastSeenAt: 5_000, endedAt: 6_000 });
    },
};
