import { findUserByUsername } from '@yunheng/db/queries/identity';
import type { RoleGrant } from '@yunheng/domain/identity/roles';
import { domainError } from '@yunheng/kernel/errors';
import { ok } from '@yunheng/kernel/result';
import type { Call, Outcome } from '../deps.ts';
import { commitDecided, refuse } from './commit-decided.ts';
import { entryOf } from './entry.ts';
import type { IdentityDeps } from './types.ts';
import { checkGrants, grantInserts, keyOf, userInsert, withoutRepeats } from './users.ts';

interface Input {
  readonly username: string;
  readonly displayName: string;
  readonly roles: readonly RoleGrant[];
}

/** The administrator does not choose the password; it is shown once and must be changed at first sign-in. */
export async function createUser(
  deps: IdentityDeps,
  call: Call,
  input: Input,
): Outcome<{ id: string; oneTimePassword: string }> {
  const id = deps.ids.next('user');
  const grants = withoutRepeats(input.roles);
  const duplicate = () => domainError('user.duplicate', { username: input.username });
  const checked = await checkGrants(deps, grants);
  const taken = (await findUserByUsername(deps.store, input.username)) !== null;
  if (!checked.ok || taken) {
    const error = checked.ok ? duplicate() : checked.error;
    return refuse(deps, call, { action: 'users.create', subjectId: input.username, error });
  }
  const oneTimePassword = deps.secrets.newPassword();
  const hash = await deps.secrets.hashPassword(oneTimePassword);
  const decide = async () =>
    ok({
      value: { id, oneTimePassword },
      change: {
        audit: entryOf(deps, call, {
          action: 'users.create',
          subjectKind: 'user',
          subjectId: id,
          detail: { username: input.username, roles: grants.map(keyOf).join(' ') },
        }),
        inserts: [
          userInsert(
            { id, username: input.username, displayName: input.displayName },
            { hash, mustChange: true, at: deps.clock.real() },
          ),
          ...grantInserts(deps, id, {
            grants,
            grantedBy: call.actor.userId,
            from: deps.clock.business(),
          }),
        ],
      },
    });
  return commitDecided(deps, decide, duplicate);
}
