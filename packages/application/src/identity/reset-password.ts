import { findUser } from '@yunheng/db/queries/identity';
import type { Update } from '@yunheng/db/store';
import { domainError } from '@yunheng/kernel/errors';
import { err, ok } from '@yunheng/kernel/result';
import type { Call, Outcome } from '../deps.ts';
import { revocationRows } from '../provisioning/revocation-rows.ts';
import { endSessions, rememberedHashes } from './change-password.ts';
import { commitDecided, refuse, type Decided } from './commit-decided.ts';
import { entryOf } from './entry.ts';
import { revokeTokens } from './tokens.ts';
import type { IdentityDeps } from './types.ts';

interface Input {
  readonly id: string;
  /** Tokens too are ended, where nobody knows who has had the account. */
  readonly revokeTokens?: boolean;
}

interface Answer {
  readonly oneTimePassword: string;
}

/** A new one-time password, unlocked, all sessions and all access to clusters ended. One's own password is changed, not reset. */
export async function resetPassword(deps: IdentityDeps, call: Call, input: Input): Outcome<Answer> {
  const outcome = await commitDecided<Answer>(deps, () => decide(deps, call, input));
  if (outcome.ok) return outcome;
  const { error } = outcome;
  return refuse(deps, call, { action: 'users.resetPassword', subjectId: input.id, error });
}

async function decide(deps: IdentityDeps, call: Call, input: Input): Promise<Decided<Answer>> {
  const { id } = input;
  if (id === call.actor.userId) return err(domainError('access.own_rights'));
  const user = await findUser(deps.store, id);
  if (user === null) return err(domainError('access.not_found'));
  const oneTimePassword = deps.secrets.newPassword();
  const passwordHash = await deps.secrets.hashPassword(oneTimePassword);
  const now = deps.clock.real();
  const set = {
    passwordHash,
    passwordHistory: rememberedHashes(user, passwordHash),
    passwordChangedAt: now,
    mustChangePassword: true,
    failedLogins: 0,
    firstFailedAt: null,
    lockedUntil: null,
  };
  const tokens = input.revokeTokens === true ? await revokeTokens(deps, user.id, now) : [];
  const change = {
    audit: entryOf(deps, call, {
      action: 'users.resetPassword',
      subjectKind: 'user',
      subjectId: user.id,
      detail: { username: user.username, revoked: tokens.length },
    }),
    updates: [
      { table: 'users', key: user.id, version: user.version, set } satisfies Update,
      ...(await endSessions(deps, user.id, { now, except: null })),
      ...tokens,
    ],
    inserts: await revocationRows(deps, call, { user, reason: 'password', departments: null }),
  };
  return ok({ change, value: { oneTimePassword } });
}
