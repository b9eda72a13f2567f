import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { Identified } from '@yunheng/application/identity/resolve-actor';
import { mayEver } from '@yunheng/domain/identity/policy';
import { domainError, type DomainError, type ErrorCode } from '@yunheng/kernel/errors';
import type { RpcDeps } from '@yunheng/rpc/context';
import { callOf } from '@yunheng/rpc/ladder';
import { recordRefusal } from '@yunheng/rpc/refusals';
import type { Queue } from 'bullmq';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { contextOf } from './context.ts';
import { sendFailure } from './failure.ts';
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
      const refusal = await refusalFor(deps, request, reply);
      // Answered here: what is thrown would go to the error handler of bull-board, which knows only 500.
      if (refusal !== null) return sendFailure(refusal, request, reply);
      // Its page names its own folder as the base of relative addresses.
      reply.header('content-security-policy', pagePolicy({ base: "'self'" }));
      return undefined;
    });
    scope.addHook('onSend', async (_request, reply, payload) =>
      String(reply.getHeader('content-type')).startsWith('text/html') && typeof payload === 'string'
        ? payload.replaceAll(/<link href="https:\/\/[^>]*>/gu, '')
        : payload,
    );
    await scope.register(board.registerPlugin(), { prefix });
  });
}

const name = 'ops.queues';

async function refusalFor(
  deps: RpcDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<DomainError | null> {
  const ctx = await contextOf(deps, request, reply);
  const identified = ctx.identity.ok ? ctx.identity.value : null;
  if (identified === null) {
    const error = ctx.identity.ok ? domainError('auth.required') : ctx.identity.error;
    deps.refusals.count(ctx.source, error.code);
    return error;
  }
  const code = obstacle(identified, request.method);
  if (code === null) return null;
  const error = domainError(code);
  await recordRefusal(ctx, callOf(ctx, identified), { name, error });
  return error;
}

function obstacle(identified: Identified, method: string): ErrorCode | null {
  if (method !== 'GET' && method !== 'HEAD') return 'access.forbidden';
  if (identified.mustChangePassword) return 'auth.password_change_required';
  const verdict = mayEver(identified.actor, name);
  return verdict.allowed ? null : verdict.code;
}
