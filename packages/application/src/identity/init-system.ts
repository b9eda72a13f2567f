import { countUsers } from '@yunheng/db/queries/identity';
import type { Role } from '@yunheng/domain/identity/roles';
import { domainError } from '@yunheng/kernel/errors';
import { err, ok } from '@yunheng/kernel/result';
import type { Outcome } from '../deps.ts';
import { commitDecided, type Decided } from './commit-decided.ts';
import { entryOf } from './entry.ts';
import { systemCall } from './system-call.ts';
import type { IdentityDeps } from './types.ts';
import { grantInserts, userInsert } from './users.ts';

export interface FirstUser {
  readonly username: string;
  readonly role: Role;
  readonly oneTimePassword: string;
}

/** Display names are duties, not people: whoever takes the duty changes the password and the name. */
const administrators = [
  { username: 'system-admin', displayName: '系统管理员', role: 'system_admin' },
  { username: 'security-admin', displayName: '安全管理员', role: 'security_admin' },
  { username: 'audit-admin', displayName: '审计管理员', role: 'audit_admin' },
] as const;

/** The three administrators of an empty system, each with a password for one use. They make everybody else. */
export async function initSystem(deps: IdentityDeps): Outcome<readonly FirstUser[]> {
  const made = await Promise.all(
    administrators.map(async (one) => {
      const oneTimePassword = deps.secrets.newPassword();
      const hash = await deps.secrets.hashPassword(oneTimePassword);
      return { ...one, id: deps.ids.next('user'), oneTimePassword, hash };
    }),
  );
  const notEmpty = () => domainError('system.not_empty');
  const decide = async (): Promise<Decided<readonly FirstUser[]>> => {
    if ((await countUsers(deps.store)) > 0) return err(notEmpty());
    const at = deps.clock.real();
    const from = deps.clock.business();
    const inserts = made.flatMap(({ id, username, displayName, role, hash }) => [
      userInsert({ id, username, displayName }, { hash, mustChange: true, at }),
      ...grantInserts(deps, id, {
        grants: [{ role, departmentId: null }],
        grantedBy: systemCall.actor.userId,
        from,
      }),
    ]);
    const audit = entryOf(deps, systemCall, {
      action: 'system.init',
      subjectKind: 'system',
      subjectId: 'system',
    });
    const value = made.map(({ username, role, oneTimePassword }) => ({
      username,
      role,
      oneTimePassword,
    }));
    return ok({ change: { audit, inserts }, value });
  };
  return commitDecided(deps, decide, notEmpty);
}
