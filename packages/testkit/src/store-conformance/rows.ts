import type { Change } from '@yunheng/db/store';
import { InvariantError } from '@yunheng/kernel/invariant';
import { expect } from 'vitest';
import { auditDraft, insertUser, newRequest, newUser, testInstant } from '../store-changes.ts';
import { done, kinds, type StoreCases } from './cases.ts';

export const rowCases: StoreCases = {
  'every kind of column comes back as it was written': async (store, ids) => {
    const row = {
      ...newUser(ids, 'zhang'),
      displayName: '测试 \' " \\ \n 账号',
      passwordHistory: ['b', 'a'],
      mustChangePassword: false,
      lockedUntil: testInstant + 1,
    };
    await store.commit({ audit: auditDraft(), inserts: [{ table: 'users', row }] });
    const [read] = await store.read.select().from(store.tables.users);
    expect(read).toEqual({ ...row, firstFailedAt: null });
  },

  'an amount near 2^53 comes back exact': async (store, ids) => {
    const amount = Number.MAX_SAFE_INTEGER;
    const line = {
      id: ids.next('requestLine'),
      requestId: 'qr',
      revision: 1,
      seq: 0,
      resource: 'memory' as const,
      itemVersionId: 'cat',
      cloudNodeId: 'cn',
      amount,
      before: -amount,
      version: 1,
    };
    await store.commit({ audit: auditDraft(), inserts: [{ table: 'requestLines', row: line }] });
    const [read] = await store.read.select().from(store.tables.requestLines);
    expect(read).toEqual({ ...line, poolId: null });
  },

  'JSON keeps the order of its members, since digests cover it': async (store, ids) => {
    const content = { reason: 'z', kind: 'new', lines: [], environment: 'prod' };
    const row = { ...newRequest(ids), content: content as never };
    await store.commit({ audit: auditDraft(), inserts: [{ table: 'quotaRequests', row }] });
    const [read] = await store.read.select().from(store.tables.quotaRequests);
    expect(JSON.stringify(read?.content)).toBe(JSON.stringify(content));
  },

  'a row that breaks a unique rule fails its own Change only': async (store, ids) => {
    const names = Array.from({ length: 60 }, (_, index) => `user${index % 58}`);
    const outcomes = await Promise.all(names.map((name) => store.commit(insertUser(ids, name))));
    const taken = { kind: 'conflict', what: 'unique', name: 'users_username_uq' };
    expect(outcomes).toEqual(names.map((_, index) => (index < 58 ? done : taken)));
    expect(await store.read.$count(store.tables.users)).toBe(58);
    expect(await store.read.$count(store.tables.auditEntries)).toBe(58);
  },

  'a row that the database cannot take rejects its caller only': async (store, ids) => {
    const broken: Change = {
      audit: auditDraft(),
      inserts: [{ table: 'users', row: { ...newUser(ids, 'bad'), locale: null as never } }],
    };
    const results = await Promise.allSettled([
      store.commit(insertUser(ids, 'one')),
      store.commit(broken),
      store.commit(insertUser(ids, 'two')),
    ]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(results[1]).toHaveProperty('reason', expect.any(InvariantError));
    expect(await store.read.$count(store.tables.users)).toBe(2);
  },

  'of many writers on one version exactly one wins': async (store, ids) => {
    const row = newUser(ids, 'zhang');
    await store.commit({ audit: auditDraft(), inserts: [{ table: 'users', row }] });
    const rename = (displayName: string): Change => ({
      audit: auditDraft(),
      updates: [{ table: 'users', key: row.id, version: 1, set: { displayName } }],
    });
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => store.commit(rename(`name ${index}`))),
    );
    expect(kinds(outcomes).filter((kind) => kind === 'done')).toHaveLength(1);
    expect(outcomes[1]).toEqual({ kind: 'conflict', what: 'version', name: 'users' });
    const [read] = await store.read.select().from(store.tables.users);
    expect(read).toMatchObject({ displayName: 'name 0', version: 2 });
  },

  'rows that are updated together each take their own values, whatever these hold': async (
    store,
    ids,
  ) => {
    const names = ['', '号"\n', "it's", '["a",1]', '{"x":null}', 'null', '0012', '\u{1f600}\\'];
    const rows = names.map((_name, index) => newUser(ids, `user-${index}`));
    await store.commit({
      audit: auditDraft(),
      inserts: rows.map((row) => ({ table: 'users', row })),
    });
    const lockedUntil = (index: number) => (index % 2 === 0 ? null : testInstant + index);
    const outcomes = await Promise.all(
      rows.map(({ id }, index) =>
        store.commit({
          audit: auditDraft(),
          updates: [
            {
              table: 'users',
              key: id,
              version: 1,
              set: { displayName: names[index] ?? '', lockedUntil: lockedUntil(index) },
            },
          ],
        }),
      ),
    );
    expect(new Set(kinds(outcomes))).toEqual(new Set(['done']));
    const read = await store.read.select().from(store.tables.users).orderBy(store.tables.users.id);
    expect(read).toMatchObject(
      rows.map((row, index) => ({
        id: row.id,
        displayName: names[index],
        lockedUntil: lockedUntil(index),
        version: 2,
      })),
    );
  },

  'a row that is only guarded keeps its version, and any number of Changes may guard it until it moves':
    async (store, ids) => {
      const row = newUser(ids, 'zhang');
      await store.commit({ audit: auditDraft(), inserts: [{ table: 'users', row }] });
      const guarded = (username: string): Change => ({
        ...insertUser(ids, username),
        guards: [{ table: 'users', key: row.id, version: 1 }],
      });
      const moved: Change = {
        audit: auditDraft(),
        updates: [{ table: 'users', key: row.id, version: 1, set: { failedLogins: 1 } }],
      };
      const changes = [guarded('li'), guarded('wang'), moved, guarded('zhao')];
      const outcomes = await Promise.all(changes.map((change) => store.commit(change)));
      expect(kinds(outcomes)).toEqual(['done', 'done', 'done', 'conflict']);
      expect((await store.commit(guarded('qian'))).kind).toBe('conflict');
      expect(await store.read.$count(store.tables.users)).toBe(3);
    },

  'a later Change of the same batch builds on the rows and versions of an earlier one': async (
    store,
    ids,
  ) => {
    const row = newUser(ids, 'zhang');
    const set = (version: number, values: Partial<typeof row>): Change => ({
      audit: auditDraft(),
      updates: [{ table: 'users', key: row.id, version, set: values }],
    });
    const outcomes = await Promise.all([
      store.commit({ audit: auditDraft(), inserts: [{ table: 'users', row }] }),
      store.commit(set(1, { displayName: 'first', failedLogins: 1 })),
      store.commit(set(2, { displayName: 'second' })),
    ]);
    expect(kinds(outcomes)).toEqual(['done', 'done', 'done']);
    const [read] = await store.read.select().from(store.tables.users);
    expect(read).toMatchObject({ displayName: 'second', failedLogins: 1, version: 3 });
  },

  'an update of a row that does not exist is a conflict, and nothing of its Change is written':
    async (store, ids) => {
      const outcome = await store.commit({
        ...insertUser(ids, 'zhang'),
        updates: [{ table: 'clusters', key: 'cl_none', version: 1, set: { state: 'away' } }],
      });
      expect(outcome).toEqual({ kind: 'conflict', what: 'version', name: 'clusters' });
      expect(await store.read.$count(store.tables.users)).toBe(0);
      expect(await store.read.$count(store.tables.auditEntries)).toBe(0);
    },

  'a setting is guarded by its name': async (store) => {
    const write = (value: unknown, version: number): Change => ({
      audit: auditDraft(),
      ...(version === 0
        ? { inserts: [{ table: 'settings', row: { name: 'offset', value, version: 1 } }] }
        : { updates: [{ table: 'settings', key: 'offset', version, set: { value } }] }),
    });
    await store.commit(write(0, 0));
    expect(await store.commit(write({ days: 1 }, 1))).toEqual(done);
    expect(await store.commit(write({ days: 2 }, 1))).toMatchObject({ kind: 'conflict' });
    const [read] = await store.read.select().from(store.tables.settings);
    expect(read).toEqual({ name: 'offset', value: { days: 1 }, version: 2 });
  },
};
