import { countUsers, departmentsByCodes, readSetting } from '@yunheng/db/queries/identity';
import type { Store } from '@yunheng/db/store';
import type { Role } from '@yunheng/domain/identity/roles';
import { domainError } from '@yunheng/kernel/errors';
import { err, ok } from '@yunheng/kernel/result';
import type { Outcome } from '../deps.ts';
import { commitDecided, type Decided } from './commit-decided.ts';
import { entryOf } from './entry.ts';
import { systemCall } from './system-call.ts';
import type { IdentityDeps } from './types.ts';
import { grantInserts, userInsert } from './users.ts';

export interface DemoIdentity {
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  /** Code of the department; null for the roles that reach over the province. */
  readonly department: string | null;
}

export interface OfferedIdentity extends DemoIdentity {
  readonly password: string;
}

/** Setting that marks a system as a demo. */
export const demoMark = 'demo.identities';

/**
 * Users of the demo profile, with one password of this installation. It is kept readable, because the login page
 * of the demo offers it; production never gets here. A second start finds them and changes nothing.
 */
export async function seedDemoIdentities(
  deps: IdentityDeps,
  identities: readonly DemoIdentity[],
): Outcome<null> {
  const password = deps.secrets.newPassword();
  const hash = await deps.secrets.hashPassword(password);
  const codes = identities.flatMap(({ department }) => (department === null ? [] : [department]));
  return commitDecided<null>(deps, async (): Promise<Decided<null>> => {
    if ((await offeredIdentities(deps)).length > 0) return ok({ change: null, value: null });
    if ((await countUsers(deps.store)) > 0) return err(domainError('system.not_empty'));
    const departments = await departmentsByCodes(deps.store, codes);
    const at = deps.clock.real();
    const from = deps.clock.business();
    const inserts = identities.flatMap((one) => {
      const id = deps.ids.next('user');
      const departmentId = departments.find(({ code }) => code === one.department)?.id ?? null;
      const { username, displayName, role } = one;
      return [
        userInsert({ id, username, displayName }, { hash, mustChange: false, at }),
        ...grantInserts(deps, id, {
          grants: [{ role, departmentId }],
          grantedBy: systemCall.actor.userId,
          from,
        }),
      ];
    });
    const value = identities.map((one): OfferedIdentity => ({ ...one, password }));
    const audit = entryOf(deps, systemCall, {
      action: 'system.seedDemo',
      subjectKind: 'system',
      subjectId: 'system',
      detail: { users: identities.length },
    });
    const remembered = { name: demoMark, value, version: 1 };
    return ok({
      value: null,
      change: { audit, inserts: [...inserts, { table: 'settings', row: remembered }] },
    });
  });
}

/** True for a system whose people all share a password that was printed once. */
export const isDemo = async (store: Store): Promise<boolean> =>
  (await readSetting(store, demoMark)) !== null;

/** A demo may take over, or forget, what a demo made and what nobody is in yet: never a system that people work with. */
export const mayBeDemo = async (store: Store): Promise<boolean> =>
  (await isDemo(store)) || (await countUsers(store)) === 0;

/** What the login page offers: nothing, unless the demo was seeded here. */
export async function offeredIdentities(deps: IdentityDeps): Promise<readonly OfferedIdentity[]> {
  const value = await readSetting(deps.store, demoMark);
  return (value ?? []) as readonly OfferedIdentity[]; // written by the function above only
}
