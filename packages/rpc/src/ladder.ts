import type { Call } from '@yunheng/application/deps';
import type { Identified } from '@yunheng/application/identity/resolve-actor';
import { mayEver, policy, type ProcedureName } from '@yunheng/domain/identity/policy';
import { domainError, type ErrorCode } from '@yunheng/kernel/errors';
import type { OpenApiMethod } from 'trpc-to-openapi';
import type { RpcContext } from './context.ts';
import { ownRefusalOf, refused } from './errors.ts';
import { isUnrecorded, recordRefusal, refusedAnonymous } from './refusals.ts';
import { t } from './trpc.ts';

type Open = {
  [N in ProcedureName]: (typeof policy)[N]['relation'] extends 'anyone' ? N : never;
}[ProcedureName];
type Closed = Exclude<ProcedureName, Open>;

/** How programs reach a procedure: `GET /requests/{id}`, and what it does in one line. */
export type Route = readonly [method: OpenApiMethod, path: `/${string}`, summary: string];

/** For everybody. A procedure without a row in the policy table does not compile. */
export const anyone = (name: Open, route: Route) =>
  t.procedure.meta(metaOf(name, route)).use(async ({ ctx, next }) => {
    const identified = ctx.identity.ok ? ctx.identity.value : null;
    const verdict = mayEver(identified?.actor ?? null, name);
    if (!verdict.allowed) {
      const error = refusalFor(name, verdict.code);
      if (identified !== null) await recordRefusal(ctx, callOf(ctx, identified), { name, error });
      throw refused(error);
    }
    return next({ ctx: { identified } });
  });

/** For people who are signed in and hold one of the row's roles; how they stand to the subject is for the use case. */
export const signedIn = (name: Closed, route: Route | null) =>
  t.procedure.meta(route === null ? {} : metaOf(name, route)).use(async ({ ctx, type, next }) => {
    const identified = identifiedIn(ctx);
    const call = callOf(ctx, identified);
    const code = obstacle(ctx, identified, { name, writes: type === 'mutation' });
    if (code !== null) {
      const error = refusalFor(name, code);
      await recordRefusal(ctx, call, { name, error });
      throw refused(error);
    }
    const result = await next({ ctx: { identified, call } });
    const error = result.ok ? null : ownRefusalOf(result.error);
    if (error !== null && isUnrecorded(type, error))
      await recordRefusal(ctx, call, { name, error });
    return result;
  });

export function callOf(ctx: RpcContext, identified: Identified): Call {
  return { actor: identified.actor, httpRequestId: ctx.requestId, source: ctx.source };
}

function identifiedIn(ctx: RpcContext): Identified {
  const { identity } = ctx;
  if (!identity.ok) throw refusedAnonymous(ctx, identity.error);
  if (identity.value === null) throw refusedAnonymous(ctx, domainError('auth.required'));
  return identity.value;
}

const beforePasswordChange: readonly ProcedureName[] = ['auth.changePassword', 'auth.logout'];

function obstacle(
  ctx: RpcContext,
  identified: Identified,
  { name, writes }: { name: Closed; writes: boolean },
): ErrorCode | null {
  // A browser sends its cookie along for anybody; only a page of ours knows the token of the session.
  const { session } = identified;
  if (writes && session !== null && ctx.csrfHeader !== session.csrfToken) return 'auth.csrf';
  if (identified.mustChangePassword && !beforePasswordChange.includes(name)) {
    return 'auth.password_change_required';
  }
  const verdict = mayEver(identified.actor, name);
  return verdict.allowed ? null : verdict.code;
}

const refusalFor = (name: ProcedureName, code: ErrorCode) =>
  domainError(code, code === 'auth.scope' ? { scope: policy[name].scope } : {});

function metaOf(name: ProcedureName, [method, path, summary]: Route) {
  const open = policy[name].relation === 'anyone';
  const [context = name] = name.split('.');
  return {
    openapi: { method, path, summary, tags: [context], protect: !open, operationId: name },
  };
}
