import { auditOf } from '@yunheng/application/audit-of';
import type { Call } from '@yunheng/application/deps';
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
 * Which refusals a use case has not written down itself: those of reading, and input that never reached it.
 * A figure that is out of bounds in a read is no refusal of anything.
 */
export function isUnrecorded(type: string, { code }: DomainError): boolean {
  if (type === 'mutation') return code === 'input.invalid';
  const kind = kindOf(code);
  return kind === 'forbidden' || kind === 'not_found';
}
