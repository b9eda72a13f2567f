import type { z } from 'zod';
import { kubeconfig } from './contract/requests.ts';
import { unwrap } from './errors.ts';
import { signedIn } from './ladder.ts';
import { pending } from './pending.ts';
import { t } from './trpc.ts';

export const accessRouter = t.router({
  kubeconfig: signedIn('access.kubeconfig', [
    'POST',
    '/allocations/{allocationId}/kubeconfig',
    'A kubeconfig of the caller for at most an hour; never stored',
  ])
    .input(kubeconfig.input)
    .output(kubeconfig.output)
    .mutation(async () => unwrap(await pending<z.output<typeof kubeconfig.output>>())),
});
