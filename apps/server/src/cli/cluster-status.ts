import { clusterStatus } from '@yunheng/local-cluster/status';
import { translate } from '@yunheng/messages/translate';
import { exit } from './exit.ts';
import { localClusters } from './local-clusters.ts';
import type { Verb } from './verb.ts';

export const verb: Verb = {
  usage: '[NAME…] [--json]',
  options: {},
  async run({ config, terminal, words }) {
    const all = await Promise.all(
      localClusters(config.home, words).map(({ name, stateDir }) => clusterStatus(stateDir, name)),
    );
    terminal.answer({ clusters: all });
    if (all.length === 0) terminal.note(translate(terminal.locale, 'cli.clustersNone'));
    terminal.table(
      all.map(({ name, state, version, kubeconfigAdmin }) => [
        name,
        translate(terminal.locale, `cli.cluster_${state}`),
        version ?? '',
        kubeconfigAdmin ?? '',
      ]),
    );
    return all.every(({ state }) => state === 'running') ? exit.ok : exit.unreadable;
  },
};
