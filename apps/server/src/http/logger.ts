import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';

/**
 * Errors with their stack and request id, and no secret (law S3): neither headers nor bodies, and of a database
 * error only the cause, because its message repeats the statement with all its parameters.
 */
export function loggerOf(level: Config['log']) {
  return {
    level,
    serializers: {
      req: (request: FastifyRequest) => ({
        id: request.id,
        method: request.method,
        route: request.routeOptions.url,
      }),
      err: (error: Error) => ({ ...summaryOf(error), cause: causeOf(error) }),
    },
  };
}

function causeOf(error: Error) {
  return error.cause instanceof Error ? summaryOf(error.cause) : undefined;
}

function summaryOf(error: Error) {
  const speaks = error.name !== 'DrizzleQueryError' && !error.message.startsWith('Failed query');
  const code = 'code' in error ? String(error.code) : undefined;
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return {
    type: error.name,
    code,
    message: speaks ? error.message : 'a statement failed',
    stack: frames.join('\n'),
  };
}
