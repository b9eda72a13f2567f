import { fastifyRequestHandler } from '@trpc/server/adapters/fastify';
import { domainError } from '@yunheng/kernel/errors';
import type { RpcDeps } from '@yunheng/rpc/context';
import { isUnexpected } from '@yunheng/rpc/errors';
import { appRouter } from '@yunheng/rpc/router';
import type { FastifyInstance } from 'fastify';
import { contextOf } from './context.ts';
import { HttpRefusal } from './refusal.ts';

const batchLimit = 10;

/**
 * tRPC for the console. Mounted by hand: the plugin of the library would accept multipart bodies as well.
 * Queries may be posted, because a preview does not fit into an address.
 */
export function serveTrpc(app: FastifyInstance, deps: RpcDeps): void {
  app.register(
    async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser(
        'application/json',
        { parseAs: 'string' },
        (_request, body, done) => done(null, body),
      );
      scope.route<{ Params: { path: string } }>({
        method: ['GET', 'POST'],
        exposeHeadRoute: false,
        url: '/:path',
        handler: async (request, reply) => {
          const { path } = request.params;
          // tRPC decodes once more what is decoded here already: a comma may be hidden twice.
          if (path.split(/,|%2c/iu).length > batchLimit) {
            throw new HttpRefusal(domainError('input.batch_too_large', { limit: batchLimit }));
          }
          await fastifyRequestHandler({
            router: appRouter,
            req: request,
            res: reply,
            path,
            allowMethodOverride: true,
            maxBatchSize: batchLimit,
            createContext: () => contextOf(deps, request, reply),
            onError: ({ error, path: failed }) => {
              if (isUnexpected(error, failed ?? path)) {
                request.log.error({ err: error.cause ?? error, procedure: failed }, 'unexpected');
              }
            },
          });
        },
      });
    },
    { prefix: '/trpc' },
  );
}
