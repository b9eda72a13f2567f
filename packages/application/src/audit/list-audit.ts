import { auditPage, type AuditFilter } from '@yunheng/db/queries/audit';
import type { Row } from '@yunheng/db/store';
import { scopeOf } from '@yunheng/domain/identity/policy';
import type { Instant } from '@yunheng/kernel/clock';
import { ok } from '@yunheng/kernel/result';
import type { Call, Deps, Outcome } from '../deps.ts';
import { permit } from '../permit.ts';

type Entry = Row<'auditEntries'>;

export interface AuditRow extends Pick<
  Entry,
  | 'id'
  | 'seq'
  | 'actorId'
  | 'via'
  | 'action'
  | 'outcome'
  | 'errorCode'
  | 'subjectKind'
  | 'subjectId'
  | 'detail'
  | 'httpRequestId'
  | 'source'
  | 'chainHash'
> {
  readonly at: Instant;
  readonly actor: string;
}

export interface AuditPage {
  readonly rows: AuditRow[];
  readonly total: number;
  readonly page: number;
  readonly size: number;
  readonly at: Instant;
}

/** Audit entries, newest first. Reading them is no act and leaves none. */
export async function listAudit(deps: Deps, call: Call, filter: AuditFilter): Outcome<AuditPage> {
  const action = 'audit.list';
  const subject = { subjectKind: 'audit', subjectId: 'entries', tenantId: null };
  const allowed = await permit(deps, call, { action, subject });
  if (!allowed.ok) return allowed;
  const { rows, total } = await auditPage(deps.store, scopeOf(call.actor, action), filter);
  const { page, size } = filter;
  return ok({ rows: rows.map(auditRow), total, page, size, at: deps.clock.business() });
}

function auditRow(entry: Entry): AuditRow {
  const { recordedAt, actorName, contentHash: _covered, tenantId: _hidden, ...rest } = entry;
  return { ...rest, at: recordedAt, actor: actorName };
}
