import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import { mayEver } from '@yunheng/domain/identity/policy';
import { domainError } from '@yunheng/kernel/errors';
import type { RpcDeps } from '@yunheng/rpc/context';
import type { Queue } from 'bullmq';
import type { FastifyInstance } from 'fastify';
import { contextOf } from './context.ts';
import { HttpRefusal } from './refusal.ts';
import { pagePolicy } from './security.ts';

const prefix = '/ops/queues';

/**
 * bull-board for operators, to read only: as shipped it lets a session add jobs and empty queues past policy and
 * audit. Its page asks for fonts elsewhere; that line is taken out, because nothing here loads from elsewhere.
 */
export function serveQueues(app: FastifyInstance, deps: RpcDeps, queues: readonly Queue[]): void {
  const board = new FastifyAdapter();
  board.setBasePath(prefix);
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
    serverAdapter: board,
    options: { uiConfig: { boardTitle: '云衡' } },
  });
  app.register(async (scope) => {
    scope.addHook('onRequest', async (request, reply) => {
      if (request.method !== 'GET') throw new HttpRefusal(domainError('access.forbidden'));
      const { identity } = await contextOf(deps, request, reply);
      if (!identity.ok) throw new HttpRefusal(identity.error);
      const actor = identity.value?.actor ?? null;
      const verdict = mayEver(actor, 'ops.queues');
      if (!verdict.allowed) throw new HttpRefusal(domainError(verdict.code));
      // Its page names its own folder as the base of relative addresses.
      reply.header('content-security-policy', pagePolicy({ base: "'self'" }));
    });
    scope.addHook('onSend', async (_request, reply, payload) =>
      String(reply.getHeader('content-type')).startsWith('text/html') && typeof payload === 'string'
        ? payload.replaceAll(/<link href="https:\/\/[^>]*>/gu, '')
        : payload,
    );
    await scope.register(board.registerPlugin(), { prefix });
  });
}
