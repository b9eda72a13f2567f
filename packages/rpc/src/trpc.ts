import { initTRPC } from '@trpc/server';
import type { OpenApiMeta } from 'trpc-to-openapi';
import type { RpcContext } from './context.ts';
import { kindOf, refusalOf } from './errors.ts';

/**
 * Every error leaves in one shape: code, kind, figures, all problems, facts of a refusal, request id.
 * Neither a stack nor the message of an unexpected error gets out.
 */
export const t = initTRPC
  .context<RpcContext>()
  .meta<OpenApiMeta>()
  .create({
    isDev: false,
    sse: {
      ping: { enabled: true, intervalMs: 15_000 },
      client: { reconnectAfterInactivityMs: 45_000 },
    },
    errorFormatter({ shape, error, ctx, path }) {
      const refusal = refusalOf(error, path ?? '');
      return {
        code: shape.code,
        message: refusal.code,
        data: {
          code: refusal.code,
          kind: kindOf(refusal.code),
          params: refusal.params,
          issues: refusal.issues ?? [],
          details: refusal.details ?? null,
          requestId: ctx?.requestId ?? '',
          httpStatus: shape.data.httpStatus,
        },
      };
    },
  });
