import { createUser } from '@yunheng/application/identity/create-user';
import { listUsers } from '@yunheng/application/identity/list-users';
import { resetPassword } from '@yunheng/application/identity/reset-password';
import { setRoles } from '@yunheng/application/identity/set-roles';
import { setUserState } from '@yunheng/application/identity/set-user-state';
import * as contract from './contract/auth.ts';
import { done, pageOf } from './contract/common.ts';
import { unwrap } from './errors.ts';
import { signedIn } from './ladder.ts';
import { t } from './trpc.ts';

export const usersRouter = t.router({
  list: signedIn('users.list', ['GET', '/users', 'Users and their roles'])
    .input(contract.usersList.input)
    .output(pageOf(contract.userRow))
    .query(async ({ ctx, input }) => unwrap(await listUsers(ctx.deps, ctx.call, input))),

  create: signedIn('users.create', ['POST', '/users', 'Make a user with a one-time password'])
    .input(contract.userCreate.input)
    .output(contract.userCreate.output)
    .mutation(async ({ ctx, input }) => unwrap(await createUser(ctx.deps, ctx.call, input))),

  setRoles: signedIn('users.setRoles', ['PUT', '/users/{id}/roles', 'Replace the roles of a user'])
    .input(contract.userSetRoles.input)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      unwrap(await setRoles(ctx.deps, ctx.call, input));
      return { ok: true };
    }),

  setState: signedIn('users.setState', ['PUT', '/users/{id}/state', 'Disable or enable a user'])
    .input(contract.userSetState.input)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      unwrap(await setUserState(ctx.deps, ctx.call, input));
      return { ok: true };
    }),

  resetPassword: signedIn('users.resetPassword', [
    'POST',
    '/users/{id}/password',
    'Give a new one-time password; all sessions end',
  ])
    .input(contract.userResetPassword.input)
    .output(contract.userResetPassword.output)
    .mutation(async ({ ctx, input }) => unwrap(await resetPassword(ctx.deps, ctx.call, input))),
});
