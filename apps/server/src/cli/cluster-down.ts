import { stopCluster } from '@yunheng/local-cluster/stop';
import { translate } from '@yunheng/messages/translate';
import { exit } from './exit.ts';
import { localClusters } from './local-clusters.ts';
import type { Verb } from './verb.ts';

/** Stops local clusters of this home; what they hold stays on disk. */
export const verb: Verb = {
  usage: '[NAME…] [--json]',
  options: {},
  async run({ config, terminal, words }) {
    const stopped = await Promise.all(
      localClusters(config.home, words).map(async ({ name, stateDir }) => ({
        name,
        stateDir,
        stopped: await stopCluster(stateDir, name),
      })),
    );
    terminal.answer({ clusters: stopped });
    for (const { name, stopped: ran } of stopped) {
      const key = ran ? 'cli.clusterStopped' : 'cli.clusterAbsent';
      terminal.say(translate(terminal.locale, key, { name }));
    }
    return exit.ok;
  },
};
