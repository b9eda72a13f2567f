import { TRPCClientError } from '@trpc/client';
import type { ErrorCode, ErrorKind, ErrorParams, Issue } from '@yunheng/kernel/errors';
import type { Shortfall } from './types.ts';

/** An error as the console knows it: a refusal of the server with its facts, or no answer at all. */
export type Failure = {
  kind: ErrorKind | 'network';
  code: ErrorCode | 'network';
  params: ErrorParams;
  issues: readonly Issue[];
  shortfalls: readonly Shortfall[];
  requestId: string | undefined;
};

type WireError = {
  code: ErrorCode;
  kind: ErrorKind;
  params?: ErrorParams;
  issues?: readonly Issue[];
  details?: unknown;
  requestId?: string;
};

const unexpected: Failure = {
  kind: 'internal',
  code: 'internal.unexpected',
  params: {},
  issues: [],
  shortfalls: [],
  requestId: undefined,
};

export function failureOf(error: unknown): Failure {
  if (!(error instanceof TRPCClientError)) return unexpected;
  const wire: unknown = error.data;
  if (isWireError(wire)) {
    return {
      kind: wire.kind,
      code: wire.code,
      params: wire.params ?? {},
      issues: wire.issues ?? [],
      shortfalls: Array.isArray(wire.details) ? wire.details.filter(isShortfall) : [],
      requestId: wire.requestId,
    };
  }
  return { ...unexpected, kind: 'network', code: 'network' };
}

function isWireError(value: unknown): value is WireError {
  return typeof value === 'object' && value !== null && 'code' in value && 'kind' in value;
}

function isShortfall(value: unknown): value is Shortfall {
  return typeof value === 'object' && value !== null && 'account' in value && 'missing' in value;
}
