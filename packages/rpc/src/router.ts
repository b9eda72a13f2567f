import { authRouter } from './auth.router.ts';
import { noticesRouter } from './notices.router.ts';
import { systemRouter } from './system.router.ts';
import { tokensRouter } from './tokens.router.ts';
import { t } from './trpc.ts';
import { usersRouter } from './users.router.ts';

export const appRouter = t.router({
  auth: authRouter,
  system: systemRouter,
  notices: noticesRouter,
  users: usersRouter,
  tokens: tokensRouter,
});

export type AppRouter = typeof appRouter;
