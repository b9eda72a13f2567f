import { AdapterError, domainError, errorCodes, type DomainError } from '@yunheng/kernel/errors';
import { negotiateLocale } from '@yunheng/messages/locale';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { problemOf, problemType, statusOf } from './problem.ts';
import { HttpRefusal } from './refusal.ts';

/** The framework's own refusals, by its codes. */
const frameworkCodes: Readonly<Record<string, DomainError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: domainError('input.too_large'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: domainError('input.unsupported_media'),
  FST_ERR_CTP_EMPTY_JSON_BODY: domainError('input.not_json'),
  FST_ERR_CTP_INVALID_JSON_BODY: domainError('input.not_json'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: domainError('input.not_json'),
};

/** Everything that no route answered itself. */
export function answerFailures(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const refusal = refusalOfThrown(error);
    if (refusal.code === 'internal.unexpected') request.log.error({ err: error }, 'unexpected');
    return sendFailure(refusal, request, reply);
  });
}

export function sendFailure(refusal: DomainError, request: FastifyRequest, reply: FastifyReply) {
  reply.status(statusOf(refusal));
  if (request.url.startsWith('/trpc/')) return reply.send(trpcShape(refusal, request.id));
  const locale = negotiateLocale(request.headers['accept-language']);
  reply.header('content-language', locale).header('vary', 'accept-language').type(problemType);
  return reply.send(JSON.stringify(problemOf(refusal, { locale, requestId: request.id })));
}

function refusalOfThrown(error: unknown): DomainError {
  if (error instanceof HttpRefusal) return error.refusal;
  if (error instanceof AdapterError) return domainError(error.code, error.params);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = frameworkCodes[code];
  if (known !== undefined) return known;
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500;
  return status === 400 ? domainError('input.not_json') : domainError('internal.unexpected');
}

/** What tRPC's client expects of a failure that happened before tRPC was asked. */
function trpcShape(refusal: DomainError, requestId: string) {
  return {
    error: {
      message: refusal.code,
      code: -32_600,
      data: {
        code: refusal.code,
        kind: errorCodes[refusal.code].kind,
        params: refusal.params,
        issues: refusal.issues ?? [],
        details: refusal.details ?? null,
        requestId,
        httpStatus: statusOf(refusal),
      },
    },
  };
}
