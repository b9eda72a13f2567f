import { listCatalog } from '@yunheng/application/estate/list-catalog';
import { z } from 'zod';
import { none } from './contract/common.ts';
import { catalogItem } from './contract/estate.ts';
import { unwrap } from './errors.ts';
import { signedIn } from './ladder.ts';
import { t } from './trpc.ts';

export const catalogRouter = t.router({
  list: signedIn('catalog.list', ['GET', '/catalog', 'Items that can be asked for'])
    .input(none)
    .output(z.array(catalogItem))
    .query(async ({ ctx }) => unwrap(await listCatalog(ctx.deps, ctx.call))),
});
