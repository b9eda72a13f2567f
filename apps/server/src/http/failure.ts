import { AdapterError, domainError, errorCodes, type DomainError } from '@yunheng/kernel/errors';
import { negotiateLocale } from '@yunheng/messages/locale';
import type { RpcDeps } from '@yunheng/rpc/context';
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

/** An address that cannot be one: nothing of it is repeated. */
const malformed = domainError('input.unknown_path', { path: '…' });

/** Addresses that the router cannot read come past every hook: they get their headers here. */
export function answerMalformed(
  secured: (reply: FastifyReply) => FastifyReply,
): (error: unknown, request: FastifyRequest, reply: FastifyReply) => void {
  return (_error, request, reply) => void sendFailure(malformed, request, secured(reply));
}

/** Everything that no route answered itself. Refused before anybody was asked for: counted per source (law S1). */
export function answerFailures(app: FastifyInstance, refusals: RpcDeps['refusals']): void {
  app.setErrorHandler((error, request, reply) => {
    const refusal = refusalOfThrown(error);
    if (error instanceof HttpRefusal) refusals.count(request.ip, refusal.code);
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
