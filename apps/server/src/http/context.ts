import { resolveActor, type Credentials } from '@yunheng/application/identity/resolve-actor';
import type { RpcContext, RpcDeps } from '@yunheng/rpc/context';
import type { FastifyReply, FastifyRequest } from 'fastify';

export const cookieName = '__Host-yunheng';

/** Secure and without domain, as the prefix demands; browsers accept that from localhost over plain HTTP too. */
const cookie = { httpOnly: true, path: '/', sameSite: 'strict', secure: true } as const;

export function credentialsOf(request: FastifyRequest): Credentials {
  const authorization = request.headers.authorization ?? '';
  const bearer = /^Bearer (?<token>[\w-]{1,256})$/u.exec(authorization)?.groups?.['token'] ?? null;
  return { bearer, cookieSecret: request.cookies[cookieName] ?? null };
}

export async function contextOf(
  deps: RpcDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<RpcContext> {
  const credentials = credentialsOf(request);
  const csrf = request.headers['x-yunheng-csrf'];
  return {
    deps,
    identity: await resolveActor(deps, credentials),
    requestId: request.id,
    source: request.ip,
    csrfHeader: typeof csrf === 'string' ? csrf : null,
    session: {
      set(secret, maxAgeMs) {
        reply.setCookie(cookieName, secret, { ...cookie, maxAge: Math.floor(maxAgeMs / 1000) });
      },
      clear() {
        reply.clearCookie(cookieName, cookie);
      },
    },
    identifyAgain: () => resolveActor(deps, credentials),
  };
}
