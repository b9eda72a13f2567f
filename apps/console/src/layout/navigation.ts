import type { Role } from '@yunheng/domain/identity/roles';
import type { MessageKey } from '@yunheng/messages/translator';
import type { IconName } from '@yunheng/ui/icon';
import { paths } from '../path-builder.ts';

export type EntryId =
  | 'home'
  | 'inbox'
  | 'systems'
  | 'requests'
  | 'capacity'
  | 'audit'
  | 'users'
  | 'tokens'
  | 'notices';
type PlainLabel = Extract<MessageKey, `shell.${EntryId}` | 'shell.allSystems'>;

export type Entry = {
  id: EntryId;
  icon: IconName;
  label: PlainLabel;
  group: 'work' | 'supply' | 'run' | 'me';
  /** Roles that may open it; absent for everybody. A page that a role cannot open is not offered to it. */
  roles?: readonly Role[];
};

const province: readonly Role[] = [
  'operator',
  'operator_approver',
  'finance',
  'authority',
  'auditor',
];
const department: readonly Role[] = ['applicant', 'head'];

/** In the order of the navigation. Only pages that exist. */
export const entries: readonly Entry[] = [
  { id: 'home', icon: 'home', label: 'shell.home', group: 'work', roles: department },
  {
    id: 'inbox',
    icon: 'inbox',
    label: 'shell.inbox',
    group: 'work',
    roles: ['head', 'operator', 'operator_approver'],
  },
  {
    id: 'audit',
    icon: 'audit',
    label: 'shell.audit',
    group: 'work',
    roles: ['auditor', 'audit_admin'],
  },
  { id: 'users', icon: 'users', label: 'shell.users', group: 'work', roles: ['security_admin'] },
  {
    id: 'capacity',
    icon: 'capacity',
    label: 'shell.capacity',
    group: 'supply',
    roles: ['operator', 'operator_approver', 'authority', 'auditor', 'system_admin'],
  },
  {
    id: 'systems',
    icon: 'systems',
    label: 'shell.systems',
    group: 'run',
    roles: [...department, ...province],
  },
  {
    id: 'requests',
    icon: 'requests',
    label: 'shell.requests',
    group: 'run',
    roles: [...department, ...province],
  },
  { id: 'notices', icon: 'notices', label: 'shell.notices', group: 'me' },
  { id: 'tokens', icon: 'token', label: 'shell.tokens', group: 'me' },
];

export type Reader = { roles: readonly Role[]; departmentId: string | undefined };

export function entriesFor(reader: Reader): readonly Entry[] {
  return entries.filter(
    (entry) => entry.roles === undefined || entry.roles.some((role) => reader.roles.includes(role)),
  );
}

export function hrefOf(id: EntryId, reader: Reader): string {
  switch (id) {
    case 'home':
      return reader.departmentId === undefined ? paths.requests() : paths.home(reader.departmentId);
    case 'inbox':
      return paths.inbox();
    case 'systems':
      return paths.systems();
    case 'requests':
      return paths.requests();
    case 'capacity':
      return paths.capacity();
    case 'audit':
      return paths.audit();
    case 'users':
      return paths.users();
    case 'tokens':
      return paths.tokens();
    case 'notices':
      return paths.notices();
  }
}

/** Where somebody lands after signing in: the first thing their role works on. */
export function startOf(reader: Reader): string {
  const first = entriesFor(reader)[0];
  return hrefOf(first?.id ?? 'notices', reader);
}

/** Which entry an address belongs to, so that a page below it keeps it marked. */
export function entryOf(pathname: string): EntryId | undefined {
  if (/^\/d\/[^/]+\/requests/u.test(pathname) || pathname.startsWith('/requests'))
    return 'requests';
  if (pathname.startsWith('/d/')) return 'home';
  if (pathname.startsWith('/inbox')) return 'inbox';
  if (pathname.startsWith('/systems')) return 'systems';
  if (pathname.startsWith('/capacity')) return 'capacity';
  if (pathname.startsWith('/audit')) return 'audit';
  if (pathname.startsWith('/admin/users')) return 'users';
  if (pathname.startsWith('/me/tokens')) return 'tokens';
  return pathname.startsWith('/me/notices') ? 'notices' : undefined;
}
