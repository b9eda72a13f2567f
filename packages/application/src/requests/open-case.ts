import { systemById } from '@yunheng/db/queries/estate';
import { requestById } from '@yunheng/db/queries/requests';
import type { Row } from '@yunheng/db/store';
import { scopeOf, type ProcedureName } from '@yunheng/domain/identity/policy';
import type { RequestContent, RequestState } from '@yunheng/domain/quota/request';
import { domainError, type DomainError } from '@yunheng/kernel/errors';
import { ok, type Result } from '@yunheng/kernel/result';
import type { AuditSubject } from '../audit-of.ts';
import { authorize } from '../authorize.ts';
import type { Call, Deps } from '../deps.ts';
import { refuse } from '../refuse.ts';

/** An act on a request that exists: which one, and the states in which it may be done. */
export interface Act {
  readonly action: ProcedureName;
  readonly id: string;
  readonly version: number;
  readonly can: (request: { readonly state: RequestState }) => boolean;
}

export interface OpenCase {
  readonly request: Row<'quotaRequests'>;
  readonly subject: AuditSubject;
}

/** What every act begins with: it is there for this person, they may, its state admits it, nobody was faster. */
export async function openCase(
  deps: Deps,
  call: Call,
  act: Act,
): Promise<Result<OpenCase, DomainError>> {
  const request = await requestById(deps.store, scopeOf(call.actor), act.id);
  const subject = subjectOf(act.action, { id: act.id, tenantId: request?.tenantId ?? null });
  const no = (error: DomainError) => refuse(deps, call, { subject, error });
  if (request === null || isForeignDraft(request, call)) return no(domainError('access.not_found'));
  const { departmentId, applicantId } = request;
  const allowed = authorize(call.actor, act.action, { departmentId, ownerId: applicantId });
  if (!allowed.ok) return no(allowed.error);
  const obstacle = obstacleTo(request, act);
  return obstacle === null ? ok({ request, subject }) : no(obstacle);
}

export interface OpenContent {
  readonly system: Row<'informationSystems'>;
  /** Null for what was never saved. */
  readonly existing: Row<'quotaRequests'> | null;
  readonly subject: AuditSubject;
}

/** The same for a content that is typed: its system, and the draft or returned request that it belongs to. */
export async function openContent(
  deps: Deps,
  call: Call,
  of: { action: ProcedureName; id: string | null; content: RequestContent },
): Promise<Result<OpenContent, DomainError>> {
  const scope = scopeOf(call.actor);
  const [system, existing] = await Promise.all([
    systemById(deps.store, scope, of.content.systemId),
    of.id === null ? null : requestById(deps.store, scope, of.id),
  ]);
  const id = of.id ?? of.content.systemId;
  const subject = subjectOf(of.action, { id, tenantId: system?.tenantId ?? null });
  const no = (error: DomainError) => refuse(deps, call, { subject, error });
  const isThere = of.id === null || (existing !== null && !isForeignDraft(existing, call));
  if (system === null || !isThere) return no(domainError('access.not_found'));
  const ownerId = existing?.applicantId ?? call.actor.userId;
  // A content may move to another department's system: the right is needed on both sides.
  for (const departmentId of new Set([existing?.departmentId, system.departmentId])) {
    if (departmentId === undefined) continue;
    const allowed = authorize(call.actor, of.action, { departmentId, ownerId });
    if (!allowed.ok) return no(allowed.error);
  }
  return ok({ system, existing, subject });
}

/** A draft belongs to who types it; for others it does not exist. */
export const isForeignDraft = (request: Row<'quotaRequests'>, call: Call): boolean =>
  request.state === 'draft' && request.applicantId !== call.actor.userId;

/** Why an existing request does not admit an act now. */
export function obstacleTo(
  request: Row<'quotaRequests'>,
  act: { can: Act['can']; version: number | null },
): DomainError | null {
  if (!act.can(request)) return domainError('request.wrong_state', { state: request.state });
  if (request.version !== act.version)
    return domainError('request.stale', { version: request.version });
  return null;
}

const subjectOf = (
  action: ProcedureName,
  of: { id: string; tenantId: string | null },
): AuditSubject => ({
  action,
  subjectKind: 'request',
  subjectId: of.id,
  tenantId: of.tenantId,
});
