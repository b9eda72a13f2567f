import { findUser } from '@yunheng/db/queries/identity';
import type { Update } from '@yunheng/db/store';
import { domainError } from '@yunheng/kernel/errors';
import { err, ok } from '@yunheng/kernel/result';
import type { Call, Outcome } from '../deps.ts';
import { revocationRows } from '../provisioning/revocation-rows.ts';
import { endSessions } from './change-password.ts';
import { commitDecided, refuse, type Decided } from './commit-decided.ts';
import { entryOf } from './entry.ts';
import { revokeTokens } from './tokens.ts';
import type { IdentityDeps } from './types.ts';

interface Input {
  readonly id: string;
  readonly version: number;
  readonly state: 'active' | 'disabled';
}

/**
 * Disabling ends every session and revokes every token, for good: who is enabled again makes new ones. What clusters
 * gave out is taken back by intents of the same commit.
 */
export async function setUserState(deps: IdentityDeps, call: Call, input: Input): Outcome<null> {
  const outcome = await commitDecided<null>(deps, () => decide(deps, call, input));
  if (outcome.ok) return outcome;
  const { error } = outcome;
  return refuse(deps, call, { action: 'users.setState', subjectId: input.id, error });
}

async function decide(deps: IdentityDeps, call: Call, input: Input): Promise<Decided<null>> {
  if (input.id === call.actor.userId) return err(domainError('access.own_rights'));
  const user = await findUser(deps.store, input.id);
  if (user === null) return err(domainError('access.not_found'));
  if (user.version !== input.version) return err(domainError('store.conflict'));
  const now = deps.clock.real();
  const set = { state: input.state, failedLogins: 0, firstFailedAt: null, lockedUntil: null };
  const disabled = input.state === 'disabled';
  const loss = { user, reason: 'disabled', departments: null } as const;
  // Once more at enabling: one that was being made while the person was disabled is not on the first list.
  const lost = disabled || user.state === 'disabled';
  const tokens = lost ? await revokeTokens(deps, user.id, now) : [];
  const change = {
    audit: entryOf(deps, call, {
      action: 'users.setState',
      subjectKind: 'user',
      subjectId: user.id,
      detail: { state: input.state, revoked: tokens.length },
    }),
    updates: [
      { table: 'users', key: user.id, version: user.version, set } satisfies Update,
      ...(lost ? await endSessions(deps, user.id, { now, except: null }) : []),
      ...tokens,
    ],
    inserts: disabled ? await revocationRows(deps, call, loss) : [],
  };
  return ok({ change, value: null });
}
