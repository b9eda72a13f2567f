import { clusters as clusterRows } from '@yunheng/db/queries/estate';
import { countUsers } from '@yunheng/db/queries/identity';
import { isDemo } from '@yunheng/application/identity/seed-demo-identities';
import { AdapterError } from '@yunheng/kernel/errors';
import { bringUpNamed, findNamed } from '../clusters/bring-up-named.ts';
import { serve } from '../serve.ts';
import { exit } from './exit.ts';
import { interrupted } from './interrupted.ts';
import { serveLines, type Served } from './serve-lines.ts';
import { portOption, wordOption, type Verb } from './verb.ts';

export const verb: Verb = {
  usage: '[--port PORT] [--role all|api|worker]',
  options: { port: { type: 'string' }, role: { type: 'string' } },
  async run(invocation) {
    const { config, terminal } = invocation;
    let found: Served = { users: 0, estate: [], named: new Map() };
    const end = interrupted();
    const starting = serve(
      { ...config, port: portOption(invocation) },
      {
        role: wordOption(invocation, { name: 'role', words: ['all', 'api', 'worker'] }),
        // Before anybody is served: a kubeconfig of other clusters is refused, not waited for.
        prepare: async ({ deps: { store } }) => {
          if (config.profile === 'production' && (await isDemo(store)))
            throw new AdapterError('system.is_demo', { retryable: false });
          found = {
            named: await findNamed(config, { store, locale: terminal.locale }),
            estate: (await clusterRows(store)).map(({ name }) => name),
            users: await countUsers(store),
          };
        },
        bringUp: (registry) => bringUpNamed(config, { named: found.named, registry }),
      },
    );
    const running = await end.orNull(starting);
    if (running === null) return exit.ok;
    terminal.say(`云衡 Yunheng  ${running.url ?? ''}`);
    for (const line of serveLines(terminal.locale, found)) terminal.say(line);
    terminal.answer({ url: running.url, pid: process.pid });
    await end.heard;
    await running.close();
    return exit.ok;
  },
};
