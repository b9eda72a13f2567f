import { replayDifferences } from '@yunheng/db/queries/ledger';
import type { Change } from '@yunheng/db/store';
import { expect } from 'vitest';
import { auditDraft, holdChange, insertUser, newUser, supplyChange } from '../store-changes.ts';
import { done, type StoreCases } from './cases.ts';

const replayed = { ...done, replayed: true };

export const replayCases: StoreCases = {
  'a cause posted twice is a no-op, and nothing else of its Change is written': async (
    store,
    ids,
  ) => {
    await store.commit(supplyChange(ids, 100));
    const withUser = (name: string): Change => ({
      ...holdChange(ids, 'ln_1', 40),
      inserts: [{ table: 'users', row: newUser(ids, name) }],
    });
    const together = await Promise.all([
      store.commit(withUser('first')),
      store.commit(withUser('second')),
    ]);
    expect(together).toEqual([done, replayed]);
    expect(await store.commit(withUser('third'))).toEqual(replayed);
    const users = await store.read.select().from(store.tables.users);
    expect(users.map((user) => user.username)).toEqual(['first']);
    expect(await store.read.$count(store.tables.auditEntries)).toBe(2);
    expect((await replayDifferences(store)).differences).toEqual([]);
  },

  'a refused cause may be posted again when there is room': async (store, ids) => {
    const hold = () => store.commit(holdChange(ids, 'ln_1', 40));
    expect(await hold()).toMatchObject({ kind: 'refused' });
    await store.commit(supplyChange(ids, 40));
    expect(await hold()).toEqual(done);
  },

  'a Change of one known and one new cause decided on old facts': async (store, ids) => {
    await store.commit(supplyChange(ids, 100));
    const first = holdChange(ids, 'ln_1', 10);
    const second = holdChange(ids, 'ln_2', 10);
    await store.commit(first);
    const transfers = [...(first.transfers ?? []), ...(second.transfers ?? [])];
    expect(await store.commit({ ...second, transfers })).toMatchObject({
      kind: 'conflict',
      what: 'unique',
    });
  },

  'a key used twice with the same input answers what it made the first time': async (
    store,
    ids,
  ) => {
    const submit = (subjectId: string, inputDigest: string): Change => ({
      ...insertUser(ids, subjectId),
      idempotency: { userId: 'usr', key: 'key-12345678', inputDigest, subjectId },
    });
    const together = await Promise.all([
      store.commit(submit('first', 'same')),
      store.commit(submit('second', 'same')),
    ]);
    expect(together).toEqual([done, { ...replayed, subjectId: 'first' }]);
    expect(await store.commit(submit('third', 'same'))).toEqual({
      ...replayed,
      subjectId: 'first',
    });
    expect(await store.commit(submit('fourth', 'other'))).toMatchObject({
      kind: 'conflict',
      what: 'idempotency',
    });
    expect(await store.read.$count(store.tables.users)).toBe(1);
  },

  'the same key of another person is another key': async (store, ids) => {
    const submit = (userId: string): Change => ({
      ...insertUser(ids, userId),
      idempotency: { userId, key: 'key-12345678', inputDigest: 'same', subjectId: userId },
    });
    expect(await store.commit(submit('one'))).toEqual(done);
    expect(await store.commit(submit('two'))).toEqual(done);
  },

  'listeners hear of requests and outbox after the commit, and of nothing else': async (
    store,
    ids,
  ) => {
    const heard: unknown[] = [];
    store.onCommit(() => {
      throw new Error('a listener that fails is its own affair');
    });
    const stop = store.onCommit((touched) => heard.push(touched));
    const at = auditDraft().at;
    const event = {
      id: ids.next('event'),
      requestId: 'qr_1',
      tenantId: 'ten',
      at,
      kind: 'x',
      params: {},
    };
    const row = {
      id: ids.next('outbox'),
      topic: 'provision',
      aggregateId: 'a',
      subjectId: 's',
    } as const;
    await store.commit({ audit: auditDraft(), inserts: [{ table: 'requestEvents', row: event }] });
    await store.commit({
      audit: auditDraft(),
      inserts: [
        { table: 'outbox', row: { ...row, wake: 0, createdAt: at, nextAt: at, version: 1 } },
      ],
    });
    await store.commit(insertUser(ids, 'zhang'));
    stop();
    await store.commit({
      audit: auditDraft(),
      inserts: [{ table: 'requestEvents', row: { ...event, id: ids.next('event') } }],
    });
    expect(heard).toEqual([
      { requestIds: new Set(['qr_1']), outbox: false },
      { requestIds: new Set(), outbox: true },
    ]);
  },
};
