import { domainError } from '@yunheng/kernel/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendFailure } from './failure.ts';
import { knownMethods } from './known-methods.ts';

/** What is an address of a program and never a page of the console. */
const programs = /^\/(?:api|trpc|ops|healthz|readyz|metrics|assets)(?:\/|$|\?)/u;

/**
 * An address that is nobody's has no interface; one that is somebody's, asked with another method, says which it has
 * (RFC 9110, 15.5.6). Said before a body is read: whatever is in it, it is not wanted here.
 */
export function refuseUnanswered(app: FastifyInstance): void {
  const methodsOf = knownMethods(app);
  app.addHook('onRequest', async (request, reply) => {
    if (!request.is404 || isPage(request)) return undefined;
    const path = request.url.split('?')[0] ?? request.url;
    const allowed = methodsOf(path);
    if (allowed.length === 0 || allowed.includes(request.method)) {
      return sendFailure(domainError('input.unknown_path', { path }), request, reply);
    }
    const listed = allowed.join(', ');
    const refusal = domainError('input.method', { path, method: request.method, allowed: listed });
    return sendFailure(refusal, request, reply.header('allow', listed));
  });
}

/** A page of the console has no address of its own here: the router in the browser knows it. */
function isPage(request: FastifyRequest): boolean {
  const reads = request.method === 'GET' || request.method === 'HEAD';
  return reads && !programs.test(request.url);
}
