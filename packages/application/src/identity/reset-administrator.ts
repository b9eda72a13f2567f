import { enabledHolders } from '@yunheng/db/queries/identity';
import { domainError } from '@yunheng/kernel/errors';
import type { Outcome } from '../deps.ts';
import { refuse } from './commit-decided.ts';
import { administratorRoles } from './init-system.ts';
import { resetPassword } from './reset-password.ts';
import { hostCall } from './system-call.ts';
import type { IdentityDeps } from './types.ts';

/**
 * For an administrator who has lost the password and whom nobody else may reset. Done on the host, and only to the three
 * administrators: everybody else is the security administrator's.
 */
export async function resetAdministrator(
  deps: IdentityDeps,
  { username }: { readonly username: string },
): Outcome<{ oneTimePassword: string }> {
  const holders = await enabledHolders(deps.store, administratorRoles, deps.clock.business());
  const found = holders.find(({ user }) => user.username === username);
  if (found !== undefined) {
    return resetPassword(deps, hostCall, { id: found.user.id, revokeTokens: true });
  }
  const known = [...new Set(holders.map(({ user }) => user.username))];
  const error = domainError('user.no_administrator', {
    username,
    known: known.length === 0 ? null : known.join(' '),
  });
  return refuse(deps, hostCall, { action: 'users.resetPassword', subjectId: username, error });
}
