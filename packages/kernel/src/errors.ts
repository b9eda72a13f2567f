/**
 * Every error that a person or program can meet, stable for ever. `kind` decides the HTTP and tRPC code,
 * `owner` who can mend it. Texts live in packages/messages: a code without zh-CN and en does not type-check there.
 */
export const errorCodes = {
  'input.invalid': { kind: 'invalid', owner: 'client' },
  'input.too_large': { kind: 'invalid', owner: 'client' },
  'input.unknown_field': { kind: 'invalid', owner: 'client' },
  'input.required': { kind: 'invalid', owner: 'client' },
  'input.wrong_type': { kind: 'invalid', owner: 'client' },
  'input.too_long': { kind: 'invalid', owner: 'client' },
  'input.too_short': { kind: 'invalid', owner: 'client' },
  'input.too_big': { kind: 'invalid', owner: 'client' },
  'input.too_small': { kind: 'invalid', owner: 'client' },
  'input.not_allowed': { kind: 'invalid', owner: 'client' },
  'input.format': { kind: 'invalid', owner: 'client' },
  'input.not_applicable': { kind: 'invalid', owner: 'client' },
  'input.duplicate': { kind: 'invalid', owner: 'client' },
  'input.unknown_name': { kind: 'invalid', owner: 'client' },
  'input.not_json': { kind: 'invalid', owner: 'client' },
  'input.batch_too_large': { kind: 'invalid', owner: 'client' },
  'input.not_http': { kind: 'invalid', owner: 'client' },
  'input.unknown_path': { kind: 'not_found', owner: 'client' },
  'input.method': { kind: 'invalid', owner: 'client' },
  'input.unsupported_media': { kind: 'invalid', owner: 'client' },
  'auth.required': { kind: 'unauthenticated', owner: 'client' },
  'auth.bad_credentials': { kind: 'unauthenticated', owner: 'client' },
  'auth.locked': { kind: 'unauthenticated', owner: 'client' },
  'auth.session_expired': { kind: 'unauthenticated', owner: 'client' },
  'auth.csrf': { kind: 'forbidden', owner: 'client' },
  'auth.password_change_required': { kind: 'forbidden', owner: 'client' },
  'auth.weak_password': { kind: 'invalid', owner: 'client' },
  'auth.password_short': { kind: 'invalid', owner: 'client' },
  'auth.password_plain': { kind: 'invalid', owner: 'client' },
  'auth.password_common': { kind: 'invalid', owner: 'client' },
  'auth.password_name': { kind: 'invalid', owner: 'client' },
  'auth.password_used': { kind: 'invalid', owner: 'client' },
  'auth.origin': { kind: 'forbidden', owner: 'client' },
  'auth.scope': { kind: 'forbidden', owner: 'client' },
  'access.forbidden': { kind: 'forbidden', owner: 'client' },
  'access.not_found': { kind: 'not_found', owner: 'client' },
  'access.role_conflict': { kind: 'precondition', owner: 'client' },
  'access.own_rights': { kind: 'precondition', owner: 'client' },
  'user.no_administrator': { kind: 'precondition', owner: 'client' },
  'user.duplicate': { kind: 'conflict', owner: 'client' },
  'request.stale': { kind: 'conflict', owner: 'client' },
  'request.wrong_state': { kind: 'precondition', owner: 'client' },
  'request.no_lines': { kind: 'invalid', owner: 'client' },
  'request.no_change': { kind: 'invalid', owner: 'client' },
  'request.no_allocation': { kind: 'precondition', owner: 'client' },
  'request.allocation_unknown': { kind: 'precondition', owner: 'client' },
  'request.allocation_exists': { kind: 'precondition', owner: 'client' },
  'request.new_under_way': { kind: 'precondition', owner: 'client' },
  'request.allocation_busy': { kind: 'precondition', owner: 'client' },
  'request.item_unavailable': { kind: 'invalid', owner: 'client' },
  'request.item_resource': { kind: 'invalid', owner: 'client' },
  'request.item_pool': { kind: 'invalid', owner: 'client' },
  'request.change_elsewhere': { kind: 'invalid', owner: 'client' },
  'request.line_duplicate': { kind: 'invalid', owner: 'client' },
  'request.move_unknown': { kind: 'invalid', owner: 'client' },
  'request.move_other_kind': { kind: 'invalid', owner: 'client' },
  'request.move_standing': { kind: 'precondition', owner: 'client' },
  'request.move_apart': { kind: 'invalid', owner: 'client' },
  'request.move_merged': { kind: 'invalid', owner: 'client' },
  'request.too_many_lines': { kind: 'invalid', owner: 'client' },
  /** A warning of a preview: it refuses nothing. */
  'request.no_ordinary_pods': { kind: 'precondition', owner: 'client' },
  'request.hold_cap': { kind: 'exhausted', owner: 'capacity' },
  'request.capacity_short': { kind: 'exhausted', owner: 'capacity' },
  'request.quota_short': { kind: 'exhausted', owner: 'capacity' },
  'request.no_pool': { kind: 'precondition', owner: 'client' },
  'request.idempotency_mismatch': { kind: 'conflict', owner: 'client' },
  'quantity.not_integer': { kind: 'invalid', owner: 'client' },
  'quantity.negative': { kind: 'invalid', owner: 'client' },
  'quantity.too_large': { kind: 'invalid', owner: 'client' },
  'quantity.below_minimum': { kind: 'invalid', owner: 'client' },
  'quantity.not_step': { kind: 'invalid', owner: 'client' },
  'approval.not_your_step': { kind: 'forbidden', owner: 'client' },
  'approval.own_request': { kind: 'precondition', owner: 'client' },
  'approval.twice': { kind: 'precondition', owner: 'client' },
  'approval.already_decided': { kind: 'conflict', owner: 'client' },
  'approval.opinion_required': { kind: 'invalid', owner: 'client' },
  'approval.content_changed': { kind: 'conflict', owner: 'client' },
  'provisioning.foreign_namespace': { kind: 'precondition', owner: 'platform' },
  'provisioning.cluster_unknown': { kind: 'precondition', owner: 'platform' },
  'provisioning.refused_by_cluster': { kind: 'precondition', owner: 'platform' },
  'provisioning.not_ready': { kind: 'unavailable', owner: 'upstream' },
  'provisioning.deadline': { kind: 'precondition', owner: 'platform' },
  'provisioning.mass_deletion': { kind: 'precondition', owner: 'platform' },
  'provisioning.deletion_started': { kind: 'precondition', owner: 'client' },
  'allocation.not_active': { kind: 'precondition', owner: 'client' },
  'cluster.unavailable': { kind: 'unavailable', owner: 'upstream' },
  'cluster.conflict': { kind: 'conflict', owner: 'upstream' },
  'store.unavailable': { kind: 'unavailable', owner: 'platform' },
  'store.conflict': { kind: 'conflict', owner: 'platform' },
  'store.locked': { kind: 'unavailable', owner: 'platform' },
  'store.damaged': { kind: 'internal', owner: 'platform' },
  'store.newer_version': { kind: 'precondition', owner: 'platform' },
  'store.full': { kind: 'unavailable', owner: 'platform' },
  'queue.unavailable': { kind: 'unavailable', owner: 'platform' },
  'system.not_empty': { kind: 'precondition', owner: 'client' },
  'system.is_demo': { kind: 'precondition', owner: 'client' },
  'system.not_a_demo': { kind: 'precondition', owner: 'client' },
  'server.not_running': { kind: 'unavailable', owner: 'client' },
  'server.running': { kind: 'precondition', owner: 'client' },
  'server.port_in_use': { kind: 'precondition', owner: 'platform' },
  'audit.proof_interrupted': { kind: 'unavailable', owner: 'platform' },
  'rate.limited': { kind: 'exhausted', owner: 'client' },
  'rate.source': { kind: 'exhausted', owner: 'client' },
  'rate.streams': { kind: 'exhausted', owner: 'client' },
  'internal.unexpected': { kind: 'internal', owner: 'platform' },
} as const satisfies Record<string, { kind: ErrorKind; owner: ErrorOwner }>;

export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'precondition'
  | 'exhausted'
  | 'unavailable'
  | 'internal';

export type ErrorOwner = 'client' | 'capacity' | 'platform' | 'upstream';

export type ErrorCode = keyof typeof errorCodes;

export type ErrorParams = Readonly<Record<string, string | number | boolean | null>>;

/** One problem of an input: where it is (`lines.0.amount`), what is wrong, with the figures for the text. */
export interface Issue {
  readonly path: string;
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}

/** An expected refusal. `issues` lists every problem at once, in the order of the form. `details` carries L5 facts. */
export interface DomainError {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
  readonly issues?: readonly Issue[];
  readonly details?: unknown;
}

export function domainError(
  code: ErrorCode,
  params: ErrorParams = {},
  more: { issues?: readonly Issue[]; details?: unknown } = {},
): DomainError {
  return { code, params, ...more };
}

/** Thrown by adapters only: something outside did not answer or refused. `retryable` says whether trying again can help. */
export class AdapterError extends Error {
  override readonly name = 'AdapterError';
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly params: ErrorParams;

  constructor(
    code: ErrorCode,
    options: { retryable: boolean; params?: ErrorParams; cause?: unknown },
  ) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable;
    this.params = options.params ?? {};
  }
}
