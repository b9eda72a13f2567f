import { issueKubeconfig } from '@yunheng/application/provisioning/issue-kubeconfig';
import { kubeconfig } from './contract/requests.ts';
import { unwrap } from './errors.ts';
import { signedIn } from './ladder.ts';
import { t } from './trpc.ts';

export const accessRouter = t.router({
  kubeconfig: signedIn('access.kubeconfig', [
    'POST',
    '/allocations/{allocationId}/kubeconfig',
    'A kubeconfig of the caller for at most an hour; never stored',
  ])
    .input(kubeconfig.input)
    .output(kubeconfig.output)
    .mutation(async ({ ctx, input }) => unwrap(await issueKubeconfig(ctx.deps, ctx.call, input))),
});
