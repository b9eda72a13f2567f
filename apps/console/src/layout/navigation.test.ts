import { roles } from '@yunheng/domain/identity/roles';
import type { Role } from '@yunheng/domain/identity/roles';
import { describe, expect, test } from 'vitest';
import { entriesFor, entryOf, hrefOf, startOf } from './navigation.ts';

const reader = (...held: Role[]) => ({
  roles: held,
  departmentId: held.some((role) => role === 'applicant' || role === 'head') ? 'dep_1' : undefined,
});

describe('navigation', () => {
  test('each role sees the pages that the policy table lets it read, and no others', () => {
    const seen = Object.fromEntries(
      roles.map((role) => [
        role,
        entriesFor(reader(role))
          .map((entry) => entry.id)
          .join(' '),
      ]),
    );
    expect(seen).toMatchInlineSnapshot(`
      {
        "applicant": "home capacity systems requests notices tokens",
        "audit_admin": "audit notices tokens",
        "auditor": "audit users capacity systems requests notices tokens",
        "authority": "inbox capacity systems requests notices tokens",
        "finance": "capacity systems requests notices tokens",
        "head": "home inbox capacity systems requests notices tokens",
        "operator": "inbox capacity systems requests notices tokens",
        "operator_approver": "inbox capacity systems requests notices tokens",
        "security_admin": "users notices tokens",
        "system_admin": "capacity notices tokens",
      }
    `);
  });

  test('everybody starts where their role works', () => {
    const starts = Object.fromEntries(roles.map((role) => [role, startOf(reader(role))]));
    expect(starts).toMatchInlineSnapshot(`
      {
        "applicant": "/d/dep_1",
        "audit_admin": "/audit",
        "auditor": "/audit",
        "authority": "/inbox",
        "finance": "/capacity",
        "head": "/d/dep_1",
        "operator": "/inbox",
        "operator_approver": "/inbox",
        "security_admin": "/admin/users",
        "system_admin": "/capacity",
      }
    `);
  });

  test('somebody without any role still reaches their own pages', () => {
    expect(startOf(reader())).toBe('/me/notices');
  });

  test('a page below an entry keeps the entry marked', () => {
    const addresses = [
      '/d/dep_1',
      '/d/dep_1/requests/new',
      '/requests/qr_1',
      '/systems/sys_1',
      '/me/password',
    ];
    expect(addresses.map(entryOf)).toEqual(['home', 'requests', 'requests', 'systems', undefined]);
  });

  test('every entry leads to an address that marks it', () => {
    const head = reader('head', 'auditor', 'security_admin', 'operator');
    for (const entry of entriesFor(head)) expect(entryOf(hrefOf(entry.id, head))).toBe(entry.id);
  });
});
