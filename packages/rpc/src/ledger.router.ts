import type { z } from 'zod';
import { ledgerAccount } from './contract/audit.ts';
import { unwrap } from './errors.ts';
import { signedIn } from './ladder.ts';
import { pending } from './pending.ts';
import { t } from './trpc.ts';

export const ledgerRouter = t.router({
  account: signedIn('ledger.account', [
    'GET',
    '/ledger',
    'Balances of an account, as of an instant',
  ])
    .input(ledgerAccount.input)
    .output(ledgerAccount.output)
    .query(async () => unwrap(await pending<z.output<typeof ledgerAccount.output>>())),
});
