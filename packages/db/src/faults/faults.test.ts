import { sql } from 'drizzle-orm';
import { AdapterError } from '@yunheng/kernel/errors';
import { countedIds } from '@yunheng/testkit/counted-ids';
import { insertUser } from '@yunheng/testkit/store-changes';
import { expect, test } from 'vitest';
import { openSqlite } from '../sqlite/open.ts';
import { classify } from './classify.ts';
import { uniqueName } from './unique-names.ts';

const driverError = (code: string, more: object = {}): Error =>
  Object.assign(new Error('said by the driver'), { code, ...more });

test('a unique rule has one name on both databases', () => {
  expect(uniqueName('users.username')).toBe('users_username_uq');
  expect(uniqueName('users.id')).toBe('users_pkey');
  expect(uniqueName('idempotency_keys.user_id, idempotency_keys.key')).toBe(
    'idempotency_keys_user_id_key_pk',
  );
  expect(classify(driverError('23505', { constraint: 'users_username_uq' }))).toEqual({
    kind: 'unique',
    name: 'users_username_uq',
  });
});

test.each([
  ['SQLITE_FULL', 'store.full'],
  ['53100', 'store.full'],
  ['SQLITE_NOTADB', 'store.damaged'],
  ['SQLITE_CORRUPT_INDEX', 'store.damaged'],
  ['XX001', 'store.damaged'],
  ['SQLITE_BUSY', 'store.locked'],
  ['SQLITE_IOERR_WRITE', 'store.unavailable'],
  ['57P01', 'store.unavailable'],
  ['ECONNREFUSED', 'store.unavailable'],
])('%s is told as %s', (code, expected) => {
  const fault = classify(driverError(code));
  expect(fault).toMatchObject({ kind: 'failed', error: { code: expected } });
});

test('a deadlock and a serialization failure are tried again', () => {
  expect(classify(driverError('40001')).kind).toBe('retry');
  expect(classify(driverError('40P01')).kind).toBe('retry');
});

test('a lost connection that pg reports by text alone is unavailability', () => {
  const fault = classify(new Error('Connection terminated unexpectedly'));
  expect(fault).toMatchObject({ kind: 'failed', error: { code: 'store.unavailable' } });
});

test('what a driver says of its values is not passed on', () => {
  const fault = classify(driverError('08006', { detail: 'Key (name)=(secret) exists' }));
  const error = fault.kind === 'failed' ? fault.error : null;
  expect(error).toBeInstanceOf(AdapterError);
  expect(JSON.stringify([error, error?.cause, String(error?.cause)])).not.toContain('secret');
});

test('a read that fails says nothing of its parameters', async () => {
  const ids = countedIds();
  const store = await openSqlite(':memory:', { ids });
  await store.commit(insertUser(ids, 'zhang'));
  const { users } = store.tables;
  const error = await store.read
    .select()
    .from(users)
    .where(sql`nowhere(${users.username}, ${'the secret'})`)
    .then(
      () => null,
      (thrown: unknown) => thrown,
    );
  await store.close();
  expect(error).toBeInstanceOf(Error);
  expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain('secret');
});
