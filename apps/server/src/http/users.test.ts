import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type Person, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let admin: Person;

beforeAll(async () => {
  server = await startTestServer({ province: false });
  admin = await server.signIn('security-admin');
}, 30_000);

afterAll(() => server.close());

interface Row {
  readonly id: string;
  readonly version: number;
  readonly roles: readonly { readonly role: string }[];
}

async function rowOf(username: string): Promise<Row> {
  const { value } = await admin.query('users.list', { search: username });
  const [row] = (value as { rows: Row[] }).rows;
  if (row === undefined) throw new Error(username);
  return row;
}

const create = (username: string, ...roles: string[]) =>
  admin.mutate('users.create', {
    username,
    displayName: username,
    roles: roles.map((role) => ({ role, departmentId: null })),
  });

describe('a security administrator', () => {
  test('cannot put two duties that exclude each other on one person', async () => {
    const made = await create('both-duties', 'system_admin', 'audit_admin');
    expect(made.error?.code).toBe('access.role_conflict');
    expect((await create('asks-and-grants', 'operator', 'operator_approver')).error?.code).toBe(
      'access.role_conflict',
    );
  });

  test('cannot give the same name twice, nor a department role without a department', async () => {
    expect((await create('someone-new', 'auditor')).status).toBe(200);
    expect((await create('someone-new', 'auditor')).error?.code).toBe('user.duplicate');
    expect((await create('without-place', 'applicant')).error?.code).toBe('input.invalid');
  });

  test('cannot touch their own rights', async () => {
    const own = await rowOf('security-admin');
    const roles = [{ role: 'auditor', departmentId: null }];
    const { id, version } = own;
    expect((await admin.mutate('users.setRoles', { id, version, roles })).error?.code).toBe(
      'access.own_rights',
    );
    const disable = { id, version, state: 'disabled' };
    expect((await admin.mutate('users.setState', disable)).error?.code).toBe('access.own_rights');
    expect((await admin.mutate('users.resetPassword', { id })).error?.code).toBe(
      'access.own_rights',
    );
  });

  test('takes a role away with the next call, and the second of two editors is told', async () => {
    const finance = await server.signIn('finance');
    expect((await finance.query('estate.capacity')).status).toBe(200);
    const { id, version } = await rowOf('finance');
    expect((await admin.mutate('users.setRoles', { id, version, roles: [] })).status).toBe(200);
    expect((await finance.query('estate.capacity')).error?.code).toBe('access.forbidden');
    const again = { id, version, roles: [{ role: 'finance', departmentId: null }] };
    expect((await admin.mutate('users.setRoles', again)).error?.code).toBe('store.conflict');
    const row = await rowOf('finance');
    const back = { ...again, version: row.version };
    expect((await admin.mutate('users.setRoles', back)).status).toBe(200);
    expect((await finance.query('estate.capacity')).status).toBe(200);
  });

  test('resets a password: the sessions end and the old one is gone', async () => {
    const head = await server.signIn('rsj-head');
    const { id } = await rowOf('rsj-head');
    const reset = await admin.mutate('users.resetPassword', { id });
    const { oneTimePassword } = reset.value as { oneTimePassword: string };
    expect((await head.query('notices.list')).error?.code).toBe('auth.session_expired');
    await expect(server.signIn('rsj-head')).rejects.toThrow('auth.bad_credentials');
    await expect(server.signIn('rsj-head', oneTimePassword)).resolves.toBeDefined();
  });

  test('finds people by what stands in their name, wildcards being letters', async () => {
    const all = (await admin.query('users.list', { search: '%' })).value as { total: number };
    expect(all.total).toBe(0);
    const heads = (await admin.query('users.list', { role: 'head' })).value as { total: number };
    expect(heads.total).toBe(2);
  });
});
