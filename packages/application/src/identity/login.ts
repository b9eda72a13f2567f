import {
  findUser,
  findUserByUsername,
  grantsInForce,
  openSessionsOf,
  type User,
} from '@yunheng/db/queries/identity';
import type { Insert, Update } from '@yunheng/db/store';
import {
  afterFailure,
  afterSuccess,
  isLocked,
  lockoutRules,
} from '@yunheng/domain/identity/password';
import { sessionLimits } from '@yunheng/domain/identity/session';
import type { Instant } from '@yunheng/kernel/clock';
import { domainError, type DomainError } from '@yunheng/kernel/errors';
import { err, ok } from '@yunheng/kernel/result';
import type { Outcome } from '../deps.ts';
import { commitDecided, type Decided } from './commit-decided.ts';
import { anonymousEntryOf } from './entry.ts';
import { isAdministrator, mustChangePassword } from './limits.ts';
import type { AnonymousCall, IdentityDeps } from './types.ts';

export interface SignedIn {
  readonly userId: string;
  readonly mustChangePassword: boolean;
  readonly csrfToken: string;
  /** Goes into the cookie and nowhere else. */
  readonly cookieSecret: string;
  readonly expiresAt: Instant;
}

/**
 * Signs in by name and password. A name that nobody has takes the same time, gets the same answers and locks
 * in the same way as one that exists.
 */
export async function login(
  deps: IdentityDeps,
  call: AnonymousCall,
  input: { username: string; password: string },
): Outcome<SignedIn> {
  const username = input.username.toLowerCase();
  const turn = await deps.logins.inTurn({ name: username, source: call.source }, () =>
    attempt(deps, call, { username, password: input.password }),
  );
  return turn.ok ? turn.value : refused(deps, call, turn.error);
}

async function attempt(
  deps: IdentityDeps,
  call: AnonymousCall,
  input: { username: string; password: string },
): Outcome<SignedIn> {
  const user = await findUserByUsername(deps.store, input.username);
  const locked = user === null ? null : lockOf(user, deps.clock.real());
  // A locked account judges no password, whatever it is; the time it takes stays the same.
  const hash = user === null || locked !== null ? null : user.passwordHash;
  const right = await deps.secrets.verifyPassword(input.password, hash);
  if (user === null) {
    const until = deps.logins.failUnknown(input.username, deps.clock.real());
    return refused(deps, call, until === null ? badCredentials() : lockedUntil(until));
  }
  if (locked !== null) return refused(deps, call, lockedUntil(locked));
  if (!right) return countFailure(deps, call, user.id);
  if (user.state !== 'active') return refused(deps, call, badCredentials());
  return openSession(deps, call, user.id);
}

function lockOf(user: User, now: Instant): Instant | null {
  return isLocked(user, now) ? user.lockedUntil : null;
}

async function countFailure(
  deps: IdentityDeps,
  call: AnonymousCall,
  userId: string,
): Outcome<SignedIn> {
  const counted = await commitDecided<DomainError>(deps, async () => {
    const user = await findUser(deps.store, userId);
    if (user === null) return ok({ change: null, value: badCredentials() });
    return ok({ change: failureChange(deps, call, user), value: badCredentials() });
  });
  return err(counted.ok ? counted.value : counted.error);
}

function failureChange(deps: IdentityDeps, call: AnonymousCall, user: User) {
  const failed = afterFailure(user, deps.clock.real());
  return {
    audit: anonymousEntryOf(deps, call, {
      action: failed.lockedUntil === null ? 'auth.login_failed' : 'auth.locked',
      subjectKind: 'user',
      subjectId: user.id,
      detail: { failedLogins: failed.failedLogins },
    }),
    updates: [
      {
        table: 'users',
        key: user.id,
        version: user.version,
        set: { ...failed },
      },
    ],
  } as const;
}

async function openSession(
  deps: IdentityDeps,
  call: AnonymousCall,
  userId: string,
): Outcome<SignedIn> {
  return commitDecided<SignedIn>(deps, async (): Promise<Decided<SignedIn>> => {
    const user = await findUser(deps.store, userId);
    const now = deps.clock.real();
    // Another process may have locked or disabled the account since the password was judged.
    if (user === null || user.state !== 'active') return err(badCredentials());
    const locked = lockOf(user, now);
    if (locked !== null) return err(lockedUntil(locked));
    const session = newSession(deps, call, user.id);
    const change = {
      audit: {
        ...anonymousEntryOf(deps, call, {
          action: 'auth.login',
          subjectKind: 'session',
          subjectId: session.row.id,
        }),
        actorId: user.id,
        actorName: user.displayName,
        via: 'session' as const,
      },
      inserts: [{ table: 'sessions', row: session.row } satisfies Insert],
      updates: [...forgetFailures(user), ...(await endOthersOfAdministrator(deps, user, now))],
    };
    const { csrfToken, expiresAt } = session.row;
    const value = {
      userId,
      mustChangePassword: mustChangePassword(user, now),
      csrfToken,
      cookieSecret: session.cookieSecret,
      expiresAt,
    };
    return ok({ change, value });
  });
}

function newSession(deps: IdentityDeps, call: AnonymousCall, userId: string) {
  const now = deps.clock.real();
  const cookieSecret = deps.secrets.newSecret();
  const row = {
    id: deps.ids.next('session'),
    secretHash: deps.secrets.fingerprint(cookieSecret),
    csrfToken: deps.secrets.newSecret(),
    userId,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: now + sessionLimits([]).absoluteMs,
    endedAt: null,
    source: call.source,
    version: 1,
  };
  return { cookieSecret, row };
}

function forgetFailures(user: User): Update[] {
  if (user.failedLogins === 0 && user.lockedUntil === null) return [];
  return [{ table: 'users', key: user.id, version: user.version, set: { ...afterSuccess() } }];
}

/** One active session for each administrator: the newest wins, because the person is sitting there. */
async function endOthersOfAdministrator(
  deps: IdentityDeps,
  user: User,
  now: Instant,
): Promise<Update[]> {
  const grants = await grantsInForce(deps.store, [user.id], deps.clock.business());
  if (!grants.some(({ grant }) => isAdministrator(grant.role))) return [];
  const open = await openSessionsOf(deps.store, user.id);
  return open.map(({ id, version }) => ({
    table: 'sessions',
    key: id,
    version,
    set: { endedAt: now },
  }));
}

/** Anonymous refusals are counted, not written one by one (law S1). */
function refused(deps: IdentityDeps, call: AnonymousCall, error: DomainError) {
  deps.refusals.count(call.source, error.code);
  return err(error);
}

const badCredentials = (): DomainError =>
  domainError('auth.bad_credentials', {
    limit: lockoutRules.failures,
    minutes: lockoutRules.lockMs / 60_000,
  });

const lockedUntil = (until: Instant): DomainError => domainError('auth.locked', { until });
