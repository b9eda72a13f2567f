import { departmentHome as home } from '@yunheng/application/estate/department-home';
import { listDepartments } from '@yunheng/application/estate/list-departments';
import { none } from './contract/common.ts';
import { departmentHome, departmentsList } from './contract/estate.ts';
import { unwrap } from './errors.ts';
import { signedIn } from './ladder.ts';
import { t } from './trpc.ts';

export const departmentsRouter = t.router({
  list: signedIn('departments.list', ['GET', '/departments', 'Departments'])
    .input(none)
    .output(departmentsList.output)
    .query(async ({ ctx }) => unwrap(await listDepartments(ctx.deps, ctx.call))),

  home: signedIn('departments.home', [
    'GET',
    '/departments/{departmentId}',
    'Entitlement, promises and open requests of a department',
  ])
    .input(departmentHome.input)
    .output(departmentHome.output)
    .query(async ({ ctx, input }) => unwrap(await home(ctx.deps, ctx.call, input))),
});
