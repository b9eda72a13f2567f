import { departments } from '@yunheng/db/queries/estate';
import type { Scope } from '@yunheng/db/scope';
import type { Row } from '@yunheng/db/store';
import { departmentRoles, type Actor } from '@yunheng/domain/identity/roles';
import { ok } from '@yunheng/kernel/result';
import type { Call, Deps, Outcome } from '../deps.ts';
import { permit } from '../permit.ts';

export type DepartmentName = Pick<Row<'departments'>, 'id' | 'code' | 'name'>;

/** Departments by name: all of them for whoever works over the province, the own ones for a department. */
export async function listDepartments(deps: Deps, call: Call): Outcome<DepartmentName[]> {
  const subject = { subjectKind: 'department', subjectId: 'departments', tenantId: null };
  const allowed = await permit(deps, call, { action: 'departments.list', subject });
  if (!allowed.ok) return allowed;
  const rows = await departments(deps.store, nameScope(call.actor));
  return ok(rows.map(({ id, code, name }) => ({ id, code, name })));
}

/** Names are needed by administrators too, who read no other row of a tenant. */
function nameScope(actor: Actor): Scope {
  const provincial = actor.grants.some(
    ({ role }) => !departmentRoles.some((departmentRole) => departmentRole === role),
  );
  return provincial ? { kind: 'all' } : { kind: 'tenants', ids: actor.tenantIds };
}
