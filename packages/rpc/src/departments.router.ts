import { none } from './contract/common.ts';
import { departmentHome, departmentsList } from './contract/estate.ts';
import { unwrap } from './errors.ts';
import { signedIn } from './ladder.ts';
import { pending } from './pending.ts';
import { t } from './trpc.ts';
import type { z } from 'zod';

export const departmentsRouter = t.router({
  list: signedIn('departments.list', ['GET', '/departments', 'Departments'])
    .input(none)
    .output(departmentsList.output)
    .query(async () => unwrap(await pending<z.output<typeof departmentsList.output>>())),

  home: signedIn('departments.home', [
    'GET',
    '/departments/{departmentId}',
    'Entitlement, promises and open requests of a department',
  ])
    .input(departmentHome.input)
    .output(departmentHome.output)
    .query(async () => unwrap(await pending<z.output<typeof departmentHome.output>>())),
});
