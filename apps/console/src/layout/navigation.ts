import { policy } from '@yunheng/domain/identity/policy';
import type { PolicyRow, ProcedureName } from '@yunheng/domain/identity/policy';
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
  /** The procedure behind it: who may never call it is not offered the page (one policy table, S4). */
  procedure: ProcedureName;
};

/** In the order of the navigation. Only pages that exist. */
export const entries: readonly Entry[] = [
  { id: 'home', icon: 'home', label: 'shell.home', group: 'work', procedure: 'departments.home' },
  { id: 'inbox', icon: 'inbox', label: 'shell.inbox', group: 'work', procedure: 'requests.inbox' },
  { id: 'audit', icon: 'audit', label: 'shell.audit', group: 'work', procedure: 'audit.list' },
  { id: 'users', icon: 'users', label: 'shell.users', group: 'work', procedure: 'users.list' },
  {
    id: 'capacity',
    icon: 'capacity',
    label: 'shell.capacity',
    group: 'supply',
    procedure: 'estate.capacity',
  },
  {
    id: 'systems',
    icon: 'systems',
    label: 'shell.systems',
    group: 'run',
    procedure: 'systems.list',
  },
  {
    id: 'requests',
    icon: 'requests',
    label: 'shell.requests',
    group: 'run',
    procedure: 'requests.list',
  },
  {
    id: 'notices',
    icon: 'notices',
    label: 'shell.notices',
    group: 'me',
    procedure: 'notices.list',
  },
  { id: 'tokens', icon: 'token', label: 'shell.tokens', group: 'me', procedure: 'tokens.list' },
];

export type Reader = { roles: readonly Role[]; departmentId: string | undefined };

export function entriesFor(reader: Reader): readonly Entry[] {
  return entries.filter((entry) => {
    const { roles }: PolicyRow = policy[entry.procedure];
    // A home is that of a department: whoever reaches over the province has none.
    if (entry.id === 'home') return reader.departmentId !== undefined;
    return roles === null || roles.some((role) => reader.roles.includes(role));
  });
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
