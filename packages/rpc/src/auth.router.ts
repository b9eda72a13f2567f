import { changePassword } from '@yunheng/application/identity/change-password';
import { login } from '@yunheng/application/identity/login';
import { logout } from '@yunheng/application/identity/logout';
import { me } from '@yunheng/application/identity/me';
import { offeredIdentities } from '@yunheng/application/identity/seed-demo-identities';
import * as contract from './contract/auth.ts';
import { done, none } from './contract/common.ts';
import { unwrap } from './errors.ts';
import { anyone, signedIn } from './ladder.ts';
import { t } from './trpc.ts';

export const authRouter = t.router({
  login: anyone('auth.login', ['POST', '/auth/login', 'Sign in by name and password'])
    .input(contract.login.input)
    .output(contract.login.output)
    .mutation(async ({ ctx, input }) => {
      const call = { httpRequestId: ctx.requestId, source: ctx.source };
      const signed = unwrap(await login(ctx.deps, call, input));
      ctx.session.set(signed.cookieSecret, signed.expiresAt - ctx.deps.clock.real());
      const { userId, mustChangePassword, csrfToken } = signed;
      return { userId, mustChangePassword, csrfToken };
    }),

  logout: signedIn('auth.logout', ['POST', '/auth/logout', 'End the session'])
    .input(none)
    .output(done)
    .mutation(async ({ ctx }) => {
      const { session } = ctx.identified;
      if (session !== null) unwrap(await logout(ctx.deps, ctx.call, { sessionId: session.id }));
      ctx.session.clear();
      return { ok: true };
    }),

  me: anyone('auth.me', ['GET', '/auth/me', 'The person who is signed in, or null'])
    .input(none)
    .output(contract.me.output)
    .query(({ ctx }) => me(ctx.identified)),

  changePassword: signedIn('auth.changePassword', [
    'POST',
    '/auth/password',
    'Change the own password; every other session ends',
  ])
    .input(contract.changePassword.input)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      const sessionId = ctx.identified.session?.id ?? null;
      unwrap(await changePassword(ctx.deps, ctx.call, { ...input, sessionId }));
      return { ok: true };
    }),

  demoIdentities: anyone('auth.demoIdentities', [
    'GET',
    '/auth/demo-identities',
    'Identities of the demo profile; empty elsewhere',
  ])
    .input(none)
    .output(contract.demoIdentities.output)
    .query(async ({ ctx }) =>
      ctx.deps.installation.profile === 'production'
        ? []
        : [...(await offeredIdentities(ctx.deps))],
    ),
});
