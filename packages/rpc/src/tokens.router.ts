import { createToken, listTokens, revokeToken } from '@yunheng/application/identity/tokens';
import { z } from 'zod';
import { tokenCreate, tokenRow } from './contract/auth.ts';
import { done, id, none } from './contract/common.ts';
import { unwrap } from './errors.ts';
import { signedIn } from './ladder.ts';
import { t } from './trpc.ts';

export const tokensRouter = t.router({
  list: signedIn('tokens.list', ['GET', '/tokens', 'Own access tokens'])
    .input(none)
    .output(z.array(tokenRow))
    .query(async ({ ctx }) => unwrap(await listTokens(ctx.deps, ctx.call))),

  create: signedIn('tokens.create', ['POST', '/tokens', 'Make an access token, shown once'])
    .input(tokenCreate.input)
    .output(tokenCreate.output)
    .mutation(async ({ ctx, input }) => unwrap(await createToken(ctx.deps, ctx.call, input))),

  revoke: signedIn('tokens.revoke', ['DELETE', '/tokens/{id}', 'Revoke an own access token'])
    .input(z.strictObject({ id }))
    .output(done)
    .mutation(async ({ ctx, input }) => {
      unwrap(await revokeToken(ctx.deps, ctx.call, input));
      return { ok: true };
    }),
});
