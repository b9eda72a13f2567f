import {
  findSession,
  findToken,
  grantsInForce,
  type AccessToken,
  type HeldGrant,
  type Session,
  type User,
} from '@yunheng/db/queries/identity';
import type { Actor } from '@yunheng/domain/identity/roles';
import { isSessionLive, sessionLimits, sessionTouchMs } from '@yunheng/domain/identity/session';
import { domainError, type DomainError } from '@yunheng/kernel/errors';
import { err, ok, type Result } from '@yunheng/kernel/result';
import type { Outcome } from '../deps.ts';
import { mustChangePassword } from './limits.ts';
import type { IdentityDeps } from './types.ts';

/** What a request brings along; a bearer token wins, since a program set it on purpose. */
export interface Credentials {
  readonly cookieSecret: string | null;
  readonly bearer: string | null;
}

/** Who is acting, with the facts that pages and checks need; rights are read anew for every call (law S5). */
export interface Identified {
  readonly actor: Actor;
  readonly user: User;
  readonly grants: readonly HeldGrant[];
  readonly mustChangePassword: boolean;
  readonly session: Session | null;
}

/** Null: nobody claimed to be anyone. An error: someone did, and it does not hold (any more). */
export async function resolveActor(
  deps: IdentityDeps,
  credentials: Credentials,
): Outcome<Identified | null> {
  if (credentials.bearer !== null) return resolveToken(deps, credentials.bearer);
  if (credentials.cookieSecret !== null) return resolveSession(deps, credentials.cookieSecret);
  return ok(null);
}

async function resolveSession(deps: IdentityDeps, secret: string): Outcome<Identified> {
  const found = await findSession(deps.store, deps.secrets.fingerprint(secret));
  if (found === null) return err(domainError('auth.session_expired'));
  const { session, user } = found;
  const grants = await grantsInForce(deps.store, [user.id], deps.clock.business());
  const now = deps.clock.real();
  const limits = sessionLimits(grants.map(({ grant }) => grant.role));
  if (!isSessionLive(session, limits, now)) return err(domainError('auth.session_expired'));
  const usable = usableUser(user);
  if (!usable.ok) return usable;
  await touchSession(deps, session);
  const actor = actorOf(user, grants, { via: 'session', scopes: null });
  return ok({ actor, user, grants, session, mustChangePassword: mustChangePassword(user, now) });
}

async function resolveToken(deps: IdentityDeps, secret: string): Outcome<Identified> {
  const found = await findToken(deps.store, deps.secrets.fingerprint(secret));
  const now = deps.clock.real();
  if (found === null || found.token.revokedAt !== null || now >= found.token.expiresAt) {
    return err(domainError('auth.required'));
  }
  const { token, user } = found;
  const usable = usableUser(user);
  if (!usable.ok) return usable;
  const grants = await grantsInForce(deps.store, [user.id], deps.clock.business());
  await touchToken(deps, token, user);
  const actor = actorOf(user, grants, { via: 'token', scopes: token.scopes });
  return ok({
    actor,
    user,
    grants,
    session: null,
    mustChangePassword: mustChangePassword(user, now),
  });
}

function usableUser(user: User): Result<null, DomainError> {
  return user.state === 'active' ? ok(null) : err(domainError('auth.session_expired'));
}

function actorOf(
  user: User,
  grants: readonly HeldGrant[],
  how: Pick<Actor, 'via' | 'scopes'>,
): Actor {
  const tenantIds = grants.flatMap(({ tenantId }) => (tenantId === null ? [] : [tenantId]));
  return {
    userId: user.id,
    displayName: user.displayName,
    seenVersion: user.version,
    tenantIds: [...new Set(tenantIds)],
    grants: grants.map(({ grant }) => ({ role: grant.role, departmentId: grant.departmentId })),
    ...how,
  };
}

/** Writes down that a session is alive, not at every call: an idle session ends a touch early at worst, never late. */
async function touchSession(deps: IdentityDeps, session: Session): Promise<void> {
  const at = deps.clock.real();
  if (at - session.lastSeenAt < sessionTouchMs) return;
  await deps.store.seen({ sessionId: session.id, before: session.lastSeenAt, at });
}

const tokenStep = 60 * 60_000;

async function touchToken(deps: IdentityDeps, token: AccessToken, user: User): Promise<void> {
  const now = deps.clock.real();
  if (token.lastUsedAt !== null && now - token.lastUsedAt < tokenStep) return;
  await deps.store.commit({
    audit: usedEntry(deps, token, user),
    updates: [
      { table: 'accessTokens', key: token.id, version: token.version, set: { lastUsedAt: now } },
    ],
  });
}

/** Once an hour for each token: that it was used at all is what an auditor asks after one has leaked. */
function usedEntry(deps: IdentityDeps, token: AccessToken, user: User) {
  return {
    actorId: user.id,
    actorName: user.displayName,
    via: 'system',
    source: 'system',
    httpRequestId: '',
    action: 'token.used',
    subjectKind: 'token',
    subjectId: token.id,
    tenantId: null,
    detail: {},
    at: deps.clock.real(),
  } as const;
}
