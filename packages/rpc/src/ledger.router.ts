import { ledgerAccount as account } from '@yunheng/application/audit/ledger-account';
import { ledgerAccount } from './contract/audit.ts';
import { unwrap } from './errors.ts';
import { signedIn } from './ladder.ts';
import { t } from './trpc.ts';

export const ledgerRouter = t.router({
  account: signedIn('ledger.account', [
    'GET',
    '/ledger',
    'Balances of an account, as of an instant',
  ])
    .input(ledgerAccount.input)
    .output(ledgerAccount.output)
    .query(async ({ ctx, input }) => unwrap(await account(ctx.deps, ctx.call, input))),
});
