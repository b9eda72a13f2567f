import { TRPCError } from '@trpc/server';
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc';
import {
  AdapterError,
  domainError,
  errorCodes,
  type DomainError,
  type ErrorCode,
  type ErrorKind,
  type Issue,
} from '@yunheng/kernel/errors';
import type { Result } from '@yunheng/kernel/result';
import { ZodError } from 'zod';
import { issuesOfZod } from './zod-issues.ts';

/** The one mapping from the product's errors to the wire (research/aesthetics.md 11); nothing else makes a TRPCError. */
const trpcCodes = {
  invalid: 'BAD_REQUEST',
  unauthenticated: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  conflict: 'CONFLICT',
  precondition: 'PRECONDITION_FAILED',
  exhausted: 'PRECONDITION_FAILED',
  unavailable: 'SERVICE_UNAVAILABLE',
  internal: 'INTERNAL_SERVER_ERROR',
} as const satisfies Record<ErrorKind, TRPC_ERROR_CODE_KEY>;

const ownTrpcCodes: Partial<Record<ErrorCode, TRPC_ERROR_CODE_KEY>> = {
  'rate.limited': 'TOO_MANY_REQUESTS',
  'rate.source': 'TOO_MANY_REQUESTS',
  'rate.streams': 'TOO_MANY_REQUESTS',
  'input.too_large': 'PAYLOAD_TOO_LARGE',
  'input.method': 'METHOD_NOT_SUPPORTED',
  'input.unsupported_media': 'UNSUPPORTED_MEDIA_TYPE',
};

/** What tRPC itself refuses before a procedure runs. */
const foreignCodes: Partial<Record<TRPC_ERROR_CODE_KEY, ErrorCode>> = {
  PARSE_ERROR: 'input.not_json',
  BAD_REQUEST: 'input.not_json',
  NOT_FOUND: 'input.unknown_path',
  METHOD_NOT_SUPPORTED: 'input.method',
  PAYLOAD_TOO_LARGE: 'input.too_large',
  UNSUPPORTED_MEDIA_TYPE: 'input.unsupported_media',
};

class Refused extends Error {
  override readonly name = 'Refused';
  readonly refusal: DomainError;

  constructor(refusal: DomainError) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

export function refused(refusal: DomainError): TRPCError {
  const code = ownTrpcCodes[refusal.code] ?? trpcCodes[errorCodes[refusal.code].kind];
  return new TRPCError({ code, message: refusal.code, cause: new Refused(refusal) });
}

/** Use cases answer with readonly values, schemas are written with plain ones: the wire copies them anyway. */
export type OnWire<T> = T extends readonly (infer E)[]
  ? OnWire<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: OnWire<T[K]> }
    : T;

/** The value of an outcome, or the refusal as the wire carries it. */
export function unwrap<T>(outcome: Result<T, DomainError>): OnWire<T> {
  if (outcome.ok) return outcome.value as OnWire<T>; // the same value, read as one that may be copied
  throw refused(outcome.error);
}

/** What an error says to its reader. Whatever is not expected says nothing but that it was not. */
export function refusalOf(error: TRPCError, path: string): DomainError {
  const own = ownRefusalOf(error);
  if (own !== null) return own;
  const code = foreignCodes[error.code];
  if (code === undefined) return domainError('internal.unexpected');
  return domainError(code, foreignFigures(code, path));
}

function foreignFigures(code: ErrorCode, path: string): DomainError['params'] {
  if (code === 'input.unknown_path') return { path };
  // Whatever reads may be posted as well: what tRPC refuses is a read of what writes.
  return code === 'input.method' ? { path, method: 'GET', allowed: 'POST' } : {};
}

/** A refusal that the product itself made; null for what tRPC refuses and for what nobody expected. */
export function ownRefusalOf({ cause, code }: TRPCError): DomainError | null {
  if (cause instanceof Refused) return cause.refusal;
  if (cause instanceof AdapterError) return domainError(cause.code, cause.params);
  return cause instanceof ZodError && code === 'BAD_REQUEST' ? invalidInput(cause) : null;
}

function invalidInput(error: ZodError): DomainError {
  const issues: readonly Issue[] = issuesOfZod(error);
  return domainError('input.invalid', { count: issues.length }, { issues });
}

/** True for what a person has to look into: it goes to the log with its cause. */
export const isUnexpected = (error: TRPCError, path: string): boolean =>
  refusalOf(error, path).code === 'internal.unexpected';

export const kindOf = (code: ErrorCode): ErrorKind => errorCodes[code].kind;
