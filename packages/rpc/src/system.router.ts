import { systemStatus } from './contract/auth.ts';
import { anyone } from './ladder.ts';
import { t } from './trpc.ts';

export const systemRouter = t.router({
  status: anyone('system.status', ['GET', '/system/status', 'Profile, version and clusters'])
    .input(systemStatus.input)
    .output(systemStatus.output)
    .query(async ({ ctx }) => {
      const { installation, clock } = ctx.deps;
      const [clusters, backlog] = await Promise.all([
        installation.clusters(),
        installation.backlog(),
      ]);
      const { profile, version } = installation;
      return { profile, version, now: clock.business(), clusters, backlog };
    }),
});
