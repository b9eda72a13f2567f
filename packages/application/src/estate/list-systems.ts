import { systemsPage } from '@yunheng/db/queries/estate';
import { scopeOf } from '@yunheng/domain/identity/policy';
import type { Instant } from '@yunheng/kernel/clock';
import { ok } from '@yunheng/kernel/result';
import type { Call, Deps, Outcome } from '../deps.ts';
import { permit } from '../permit.ts';
import { systemRows, type SystemRow } from './system-rows.ts';

export interface SystemsInput {
  readonly department?: string | undefined;
  readonly search?: string | undefined;
  readonly sort: 'name' | 'cpu' | 'code';
  readonly page: number;
  readonly size: number;
}

export interface SystemsPage {
  readonly rows: SystemRow[];
  readonly total: number;
  readonly page: number;
  readonly size: number;
  readonly at: Instant;
}

/** Information systems that the reader may see, biggest first unless asked otherwise. */
export async function listSystems(
  deps: Deps,
  call: Call,
  input: SystemsInput,
): Outcome<SystemsPage> {
  const subject = { subjectKind: 'system', subjectId: 'systems', tenantId: null };
  const allowed = await permit(deps, call, { action: 'systems.list', subject });
  if (!allowed.ok) return allowed;
  const { department, search, sort, page, size } = input;
  const filter = { departmentId: department, search, sort, page, size };
  const { rows, total } = await systemsPage(deps.store, scopeOf(call.actor), filter);
  const at = deps.clock.business();
  return ok({ rows: await systemRows(deps.store, rows), total, page, size, at });
}
