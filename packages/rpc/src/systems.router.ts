import { pageOf } from './contract/common.ts';
import { systemDetail, systemRow, systemsList } from './contract/estate.ts';
import { unwrap } from './errors.ts';
import { signedIn } from './ladder.ts';
import { pending } from './pending.ts';
import { t } from './trpc.ts';
import type { z } from 'zod';

const systemsPage = pageOf(systemRow);

export const systemsRouter = t.router({
  list: signedIn('systems.list', ['GET', '/systems', 'Information systems'])
    .input(systemsList.input)
    .output(systemsPage)
    .query(async () => unwrap(await pending<z.output<typeof systemsPage>>())),

  get: signedIn('systems.get', ['GET', '/systems/{id}', 'One information system'])
    .input(systemDetail.input)
    .output(systemDetail.output)
    .query(async () => unwrap(await pending<z.output<typeof systemDetail.output>>())),
});
