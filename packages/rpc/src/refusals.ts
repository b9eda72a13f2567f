import { auditOf } from '@yunheng/application/audit-of';
import type { Call } from '@yunheng/application/deps';
import { isRecorded } from '@yunheng/application/refuse';
import type { ProcedureName } from '@yunheng/domain/identity/policy';
import type { DomainError } from '@yunheng/kernel/errors';
import type { RpcContext } from './context.ts';
import { kindOf, refused } from './errors.ts';

/** Nobody known: counted per source and minute (law S1). */
export function refusedAnonymous(ctx: RpcContext, error: DomainError) {
  ctx.deps.refusals.count(ctx.source, error.code);
  return refused(error);
}

/** Somebody known: one audit entry (law S1). */
export async function recordRefusal(
  ctx: RpcContext,
  call: Call,
  { name, error }: { name: ProcedureName; error: DomainError },
): Promise<void> {
  const subject = { action: name, subjectKind: 'procedure', subjectId: name, tenantId: null };
  const audit = auditOf(ctx.deps, call, subject);
  await ctx.deps.store.refuse({ audit, code: error.code });
}

/**
 * A refusal that no use case wrote down: of the schema, which refuses before any is asked, or of one that only reads.
 * Lack of capacity or quota is written down by the committer, and a figure out of bounds in a reading refuses nothing.
 */
export function isUnrecorded(type: string, error: DomainError): boolean {
  if (isRecorded(error)) return false;
  const kind = kindOf(error.code);
  if (kind === 'invalid' || kind === 'conflict') return type === 'mutation';
  if (error.code.startsWith('rate.')) return true;
  return kind === 'forbidden' || kind === 'not_found' || kind === 'precondition';
}
