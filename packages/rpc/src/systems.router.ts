import { listSystems } from '@yunheng/application/estate/list-systems';
import { systemDetail as detail } from '@yunheng/application/estate/system-detail';
import { pageOf } from './contract/common.ts';
import { systemDetail, systemRow, systemsList } from './contract/estate.ts';
import { unwrap } from './errors.ts';
import { signedIn } from './ladder.ts';
import { t } from './trpc.ts';

const systemsPage = pageOf(systemRow);

export const systemsRouter = t.router({
  list: signedIn('systems.list', ['GET', '/systems', 'Information systems'])
    .input(systemsList.input)
    .output(systemsPage)
    .query(async ({ ctx, input }) => unwrap(await listSystems(ctx.deps, ctx.call, input))),

  get: signedIn('systems.get', ['GET', '/systems/{id}', 'One information system'])
    .input(systemDetail.input)
    .output(systemDetail.output)
    .query(async ({ ctx, input }) => unwrap(await detail(ctx.deps, ctx.call, input))),
});
