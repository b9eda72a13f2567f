import { countUsers, enabledHolders, findUserByUsername } from '@yunheng/db/queries/identity';
import type { Insert } from '@yunheng/db/store';
import type { Role } from '@yunheng/domain/identity/roles';
import { domainError } from '@yunheng/kernel/errors';
import { err, ok } from '@yunheng/kernel/result';
import type { Outcome } from '../deps.ts';
import { commitDecided, type Decided } from './commit-decided.ts';
import { entryOf } from './entry.ts';
import { isDemo } from './seed-demo-identities.ts';
import { hostCall } from './system-call.ts';
import type { IdentityDeps } from './types.ts';
import { grantInserts, userInsert } from './users.ts';

export interface FirstUser {
  readonly username: string;
  readonly role: Role;
  readonly oneTimePassword: string;
}

export interface InitializedSystem {
  readonly made: readonly FirstUser[];
  /** Roles that enabled people hold: nothing was done about them. */
  readonly held: readonly { readonly role: Role; readonly usernames: readonly string[] }[];
  /** False where people were there already. */
  readonly first: boolean;
}

/** Display names are duties, not people: whoever takes the duty changes the password and the name. */
const administrators = [
  { username: 'system-admin', displayName: '系统管理员', role: 'system_admin' },
  { username: 'security-admin', displayName: '安全管理员', role: 'security_admin' },
  { username: 'audit-admin', displayName: '审计管理员', role: 'audit_admin' },
] as const;

export const administratorRoles = administrators.map(({ role }) => role);

/**
 * A new person with a password for one use for each of the three administrators whom no enabled person is: all three on
 * an empty system, where they make everybody else; later the way back when the last holder of a duty is lost.
 */
export function initSystem(deps: IdentityDeps): Outcome<InitializedSystem> {
  return commitDecided(deps, () => decide(deps));
}

async function decide(deps: IdentityDeps): Promise<Decided<InitializedSystem>> {
  // Everybody there shares a printed password: nothing is begun on it.
  if (await isDemo(deps.store)) return err(domainError('system.is_demo'));
  const first = (await countUsers(deps.store)) === 0;
  const holders = await enabledHolders(deps.store, administratorRoles, deps.clock.business());
  const held = administratorRoles.flatMap((role) => {
    const usernames = holders.filter((one) => one.role === role).map(({ user }) => user.username);
    return usernames.length === 0 ? [] : [{ role, usernames }];
  });
  const lost = administrators.filter(({ role }) => held.every((one) => one.role !== role));
  const added = await Promise.all(lost.map((one) => newAdministrator(deps, one)));
  const made = added.map(({ user }) => user);
  const value = { made, held, first };
  if (made.length === 0) return ok({ change: null, value });
  const audit = entryOf(deps, hostCall, {
    action: first ? 'system.init' : 'system.restoreAdministrators',
    subjectKind: 'system',
    subjectId: 'system',
    detail: Object.fromEntries(made.map(({ role, username }) => [role, username])),
  });
  return ok({ change: { audit, inserts: added.flatMap(({ inserts }) => inserts) }, value });
}

/** Always another person than those who are there: nobody is given a second duty (law S5). */
async function newAdministrator(
  deps: IdentityDeps,
  { username: wanted, displayName: duty, role }: (typeof administrators)[number],
): Promise<{ user: FirstUser; inserts: readonly Insert[] }> {
  const suffix = await freeSuffix(deps, wanted);
  const [username, displayName] =
    suffix === 1 ? [wanted, duty] : [`${wanted}-${suffix}`, `${duty} ${suffix}`];
  const oneTimePassword = deps.secrets.newPassword();
  const hash = await deps.secrets.hashPassword(oneTimePassword);
  const id = deps.ids.next('user');
  const inserts = [
    userInsert({ id, username, displayName }, { hash, mustChange: true, at: deps.clock.real() }),
    ...grantInserts(deps, id, {
      grants: [{ role, departmentId: null }],
      grantedBy: hostCall.actor.userId,
      from: deps.clock.business(),
    }),
  ];
  return { user: { username, role, oneTimePassword }, inserts };
}

async function freeSuffix({ store }: IdentityDeps, username: string): Promise<number> {
  let suffix = 1;
  let taken = await findUserByUsername(store, username);
  while (taken !== null) {
    suffix += 1;
    taken = await findUserByUsername(store, `${username}-${suffix}`);
  }
  return suffix;
}
