import { listNotices } from '@yunheng/application/identity/list-notices';
import { markNoticesRead } from '@yunheng/application/identity/mark-notices-read';
import { z } from 'zod';
import { noticeRow } from './contract/auth.ts';
import { done, id, none } from './contract/common.ts';
import { unwrap } from './errors.ts';
import { signedIn } from './ladder.ts';
import { t } from './trpc.ts';

export const noticesRouter = t.router({
  list: signedIn('notices.list', ['GET', '/notices', 'Own notices, unread first'])
    .input(none)
    .output(z.array(noticeRow))
    .query(async ({ ctx }) => unwrap(await listNotices(ctx.deps, ctx.call))),

  markRead: signedIn('notices.markRead', ['POST', '/notices/read', 'Mark own notices as read'])
    .input(z.strictObject({ ids: z.array(id).max(200) }))
    .output(done)
    .mutation(async ({ ctx, input }) => {
      unwrap(await markNoticesRead(ctx.deps, ctx.call, input));
      return { ok: true };
    }),
});
