import { findUser, openSessionsOf, type User } from '@yunheng/db/queries/identity';
import type { Change, Update } from '@yunheng/db/store';
import {
  afterFailure,
  afterSuccess,
  isLocked,
  lockoutRules,
} from '@yunheng/domain/identity/password';
import type { Instant } from '@yunheng/kernel/clock';
import { domainError, type DomainError, type Issue } from '@yunheng/kernel/errors';
import { err, ok } from '@yunheng/kernel/result';
import type { Call, Outcome } from '../deps.ts';
import { revocationRows } from '../provisioning/revocation-rows.ts';
import { commitDecided, refuse, type Decided } from './commit-decided.ts';
import { entryOf } from './entry.ts';
import { passwordHistoryLength } from './limits.ts';
import { passwordIssues, weakPassword } from './password-rules.ts';
import type { IdentityDeps } from './types.ts';

interface Input {
  readonly current: string;
  readonly next: string;
  /** The session that asks; every other one of this person ends. */
  readonly sessionId: string | null;
}

/** Whoever knew the old password loses what it opened: every other session, and all access to clusters. */
export async function changePassword(deps: IdentityDeps, call: Call, input: Input): Outcome<null> {
  const { userId } = call.actor;
  const knock = { name: userId, source: call.source };
  const turn = await deps.logins.inTurn(knock, () => decide(deps, call, input));
  if (!turn.ok) return turn;
  const outcome = turn.value;
  const error = outcome.ok ? outcome.value : outcome.error;
  if (error === null) return ok(null);
  return refuse(deps, call, { action: 'auth.change_password', subjectId: userId, error });
}

/** The value is what was wrong with the current password: such a failure is counted, which is a change of its own. */
async function decide(deps: IdentityDeps, call: Call, input: Input): Outcome<DomainError | null> {
  return commitDecided(deps, async (): Promise<Decided<DomainError | null>> => {
    const user = await findUser(deps.store, call.actor.userId);
    if (user === null) return err(domainError('access.not_found'));
    // Whoever found an open screen guesses no longer than a stranger at the door.
    if (isLocked(user, deps.clock.real())) {
      return err(domainError('auth.locked', { until: user.lockedUntil }));
    }
    if (!(await deps.secrets.verifyPassword(input.current, user.passwordHash))) {
      return ok({ change: failureChange(deps, call, user), value: wrongCurrent() });
    }
    const issues = await issuesOf(deps, user, input.next);
    if (issues.length > 0) return err(weakPassword(issues));
    const now = deps.clock.real();
    const passwordHash = await deps.secrets.hashPassword(input.next);
    const change = {
      audit: entryOf(deps, call, {
        action: 'auth.change_password',
        subjectKind: 'user',
        subjectId: user.id,
      }),
      updates: [
        {
          table: 'users',
          key: user.id,
          version: user.version,
          set: {
            passwordHash,
            passwordHistory: rememberedHashes(user, passwordHash),
            passwordChangedAt: now,
            mustChangePassword: false,
            ...afterSuccess(),
          },
        } satisfies Update,
        ...(await endSessions(deps, user.id, { now, except: input.sessionId })),
      ],
      inserts: await revocationRows(deps, call, { user, reason: 'password', departments: null }),
    };
    return ok({ change, value: null });
  });
}

function failureChange(deps: IdentityDeps, call: Call, user: User): Change {
  const failed = afterFailure(user, deps.clock.real());
  return {
    audit: entryOf(deps, call, {
      action: failed.lockedUntil === null ? 'auth.change_password_failed' : 'auth.locked',
      subjectKind: 'user',
      subjectId: user.id,
      detail: { failedLogins: failed.failedLogins },
    }),
    updates: [{ table: 'users', key: user.id, version: user.version, set: { ...failed } }],
  };
}

async function issuesOf(deps: IdentityDeps, user: User, next: string): Promise<readonly Issue[]> {
  const issues = [...passwordIssues(next, user.username)];
  const used = await Promise.all(
    user.passwordHistory.map((hash) => deps.secrets.verifyPassword(next, hash)),
  );
  if (used.some(Boolean)) {
    const params = { count: passwordHistoryLength };
    issues.push({ path: 'next', code: 'auth.password_used', params });
  }
  return issues;
}

/** The newest first; the history always starts with the password in force. */
export function rememberedHashes(user: User, passwordHash: string): string[] {
  return [passwordHash, ...user.passwordHistory].slice(0, passwordHistoryLength);
}

export async function endSessions(
  deps: IdentityDeps,
  userId: string,
  { now, except }: { now: Instant; except: string | null },
): Promise<Update[]> {
  const open = await openSessionsOf(deps.store, userId);
  return open
    .filter(({ id }) => id !== except)
    .map(({ id, version }) => ({ table: 'sessions', key: id, version, set: { endedAt: now } }));
}

const wrongCurrent = (): DomainError =>
  domainError('auth.bad_credentials', {
    limit: lockoutRules.failures,
    minutes: lockoutRules.lockMs / 60_000,
  });
