import { join } from 'node:path';
import { stopCluster } from '@yunheng/local-cluster/stop';
import { translate } from '@yunheng/messages/translate';
import { clusterNamesOf } from './cluster-names.ts';
import { exit } from './exit.ts';
import type { Verb } from './verb.ts';

/** Stops local clusters of this home; what they hold stays on disk. */
export const verb: Verb = {
  usage: '[NAME…] [--json]',
  options: {},
  async run({ config, terminal, words }) {
    const names = clusterNamesOf(config.home, words);
    const stateDir = join(config.home, 'clusters');
    const stopped = await Promise.all(
      names.map(async (name) => ({ name, stopped: await stopCluster(stateDir, name) })),
    );
    terminal.answer({ clusters: stopped });
    for (const { name, stopped: ran } of stopped) {
      const key = ran ? 'cli.clusterStopped' : 'cli.clusterAbsent';
      terminal.say(translate(terminal.locale, key, { name }));
    }
    return exit.ok;
  },
};
