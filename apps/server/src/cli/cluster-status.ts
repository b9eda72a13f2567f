import { join } from 'node:path';
import { clusterStatus } from '@yunheng/local-cluster/status';
import { clusterNamesOf } from './cluster-names.ts';
import { exit } from './exit.ts';
import type { Verb } from './verb.ts';

export const verb: Verb = {
  usage: '[NAME…] [--json]',
  options: {},
  async run({ config, terminal, words }) {
    const stateDir = join(config.home, 'clusters');
    const names = clusterNamesOf(config.home, words);
    const all = await Promise.all(names.map((name) => clusterStatus(stateDir, name)));
    terminal.answer({ clusters: all });
    terminal.table(
      all.map((one) => [one.name, one.state, one.version ?? '', one.kubeconfigAdmin ?? '']),
    );
    return all.every(({ state }) => state === 'running') ? exit.ok : exit.unreadable;
  },
};
