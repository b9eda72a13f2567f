import { accessRouter } from './access.router.ts';
import { auditRouter } from './audit.router.ts';
import { authRouter } from './auth.router.ts';
import { catalogRouter } from './catalog.router.ts';
import { departmentsRouter } from './departments.router.ts';
import { estateRouter } from './estate.router.ts';
import { ledgerRouter } from './ledger.router.ts';
import { noticesRouter } from './notices.router.ts';
import { requestsRouter } from './requests.router.ts';
import { systemRouter } from './system.router.ts';
import { systemsRouter } from './systems.router.ts';
import { tokensRouter } from './tokens.router.ts';
import { t } from './trpc.ts';
import { usersRouter } from './users.router.ts';

/** Every procedure carries the name of its row in the policy table; a test holds the two together. */
export const appRouter = t.router({
  auth: authRouter,
  system: systemRouter,
  notices: noticesRouter,
  estate: estateRouter,
  catalog: catalogRouter,
  departments: departmentsRouter,
  systems: systemsRouter,
  requests: requestsRouter,
  access: accessRouter,
  audit: auditRouter,
  ledger: ledgerRouter,
  users: usersRouter,
  tokens: tokensRouter,
});

export type AppRouter = typeof appRouter;
