import { callTRPCProcedure, getTRPCErrorFromUnknown } from '@trpc/server';
import { negotiateLocale } from '@yunheng/messages/locale';
import type { RpcDeps } from '@yunheng/rpc/context';
import { isUnexpected, refusalOf } from '@yunheng/rpc/errors';
import { appRouter } from '@yunheng/rpc/router';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { inBody } from './body-paths.ts';
import { contextOf } from './context.ts';
import { sendFailure } from './failure.ts';
import { restRoutes, type RestRoute } from './rest-routes.ts';

/**
 * The same procedures for programs, as plain HTTP. The dispatcher is our own: the one of trpc-to-openapi switches
 * coercion on inside the shared schemas, after which tRPC would take the text "5" for a number as well.
 */
export function serveRest(app: FastifyInstance, deps: RpcDeps): void {
  app.register(
    async (scope) => {
      for (const route of restRoutes(appRouter)) {
        scope.route({
          method: route.method,
          url: route.url,
          handler: (request, reply) => answer(deps, route, { request, reply }),
        });
      }
    },
    { prefix: '/api/v1' },
  );
}

async function answer(
  deps: RpcDeps,
  route: RestRoute,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
) {
  try {
    const ctx = await contextOf(deps, request, reply);
    const output: unknown = await callTRPCProcedure({
      router: appRouter,
      path: route.procedure,
      type: route.type,
      ctx,
      getRawInput: async () => route.inputOf(request),
      signal: undefined,
      batchIndex: 0,
    });
    const locale = negotiateLocale(request.headers['accept-language']);
    return await reply
      .header('content-language', locale)
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(output));
  } catch (thrown) {
    const error = getTRPCErrorFromUnknown(thrown);
    const path = request.routeOptions.url ?? request.url;
    if (isUnexpected(error, path)) {
      request.log.error({ err: error.cause ?? error, procedure: route.procedure }, 'unexpected');
    }
    return sendFailure(inBody(refusalOf(error, path), route.schema), request, reply);
  }
}
