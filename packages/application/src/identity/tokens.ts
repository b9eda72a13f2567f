import { tokensOf } from '@yunheng/db/queries/identity';
import type { Update } from '@yunheng/db/store';
import { tokenScopes, type TokenScope } from '@yunheng/domain/identity/policy';
import type { Instant } from '@yunheng/kernel/clock';
import { domainError } from '@yunheng/kernel/errors';
import { err, ok } from '@yunheng/kernel/result';
import type { Call, Outcome } from '../deps.ts';
import { commitDecided, refuse, type Decided } from './commit-decided.ts';
import { entryOf } from './entry.ts';
import type { IdentityDeps } from './types.ts';

const day = 24 * 60 * 60_000;

/** So that a scanner of leaked secrets recognises one. */
export const tokenPrefix = 'yht_';

export async function listTokens(deps: IdentityDeps, call: Call) {
  const rows = await tokensOf(deps.store, call.actor.userId);
  return ok(
    rows.map((token) => ({
      id: token.id,
      name: token.name,
      hint: token.hint,
      scopes: tokenScopes.filter((scope) => token.scopes.includes(scope)),
      createdAt: token.createdAt,
      expiresAt: token.expiresAt,
      lastUsedAt: token.lastUsedAt,
      revokedAt: token.revokedAt,
    })),
  );
}

/** The token is answered once and stored as a digest; its rights never exceed those of its owner. */
export async function createToken(
  deps: IdentityDeps,
  call: Call,
  input: { name: string; scopes: readonly TokenScope[]; days: number },
): Outcome<{ id: string; token: string; expiresAt: number }> {
  const id = deps.ids.next('token');
  const token = `${tokenPrefix}${deps.secrets.newSecret()}`;
  const now = deps.clock.real();
  const expiresAt = now + input.days * day;
  const scopes = tokenScopes.filter((scope) => input.scopes.includes(scope));
  const row = {
    id,
    userId: call.actor.userId,
    name: input.name,
    secretHash: deps.secrets.fingerprint(token),
    hint: token.slice(-4),
    scopes,
    createdAt: now,
    expiresAt,
    lastUsedAt: null,
    revokedAt: null,
    version: 1,
  };
  const audit = entryOf(deps, call, {
    action: 'tokens.create',
    subjectKind: 'token',
    subjectId: id,
    detail: { name: input.name, scopes: scopes.join(' '), expiresAt },
  });
  return commitDecided(deps, async () =>
    ok({
      value: { id, token, expiresAt },
      change: { audit, inserts: [{ table: 'accessTokens', row }] },
    }),
  );
}

/** Of every token of somebody that still stands. */
export async function revokeTokens(
  deps: IdentityDeps,
  userId: string,
  revokedAt: Instant,
): Promise<Update[]> {
  const tokens = await tokensOf(deps.store, userId);
  return tokens
    .filter((token) => token.revokedAt === null)
    .map(({ id, version }) => ({ table: 'accessTokens', key: id, version, set: { revokedAt } }));
}

export async function revokeToken(
  deps: IdentityDeps,
  call: Call,
  input: { id: string },
): Outcome<null> {
  const outcome = await commitDecided<null>(deps, async (): Promise<Decided<null>> => {
    const own = await tokensOf(deps.store, call.actor.userId);
    const token = own.find(({ id }) => id === input.id);
    // A token of somebody else is answered like one that does not exist.
    if (token === undefined) return err(domainError('access.not_found'));
    if (token.revokedAt !== null) return ok({ change: null, value: null });
    const { id, version } = token;
    const set = { revokedAt: deps.clock.real() };
    return ok({
      value: null,
      change: {
        audit: entryOf(deps, call, {
          action: 'tokens.revoke',
          subjectKind: 'token',
          subjectId: id,
        }),
        updates: [{ table: 'accessTokens', key: id, version, set }],
      },
    });
  });
  if (outcome.ok) return outcome;
  const { error } = outcome;
  return refuse(deps, call, { action: 'tokens.revoke', subjectId: input.id, error });
}
