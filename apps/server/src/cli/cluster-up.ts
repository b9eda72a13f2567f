import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBinary } from '@yunheng/local-cluster/binary';
import { startClusters } from '@yunheng/local-cluster/start-clusters';
import type { Progress } from '@yunheng/local-cluster/progress';
import { translate } from '@yunheng/messages/translate';
import { preparingText } from '../demo/preparation.ts';
import { demoClusters } from '../demo/workers.ts';
import { exit } from './exit.ts';
import { usage } from './outcome.ts';
import type { Verb } from './verb.ts';

/** Brings local clusters up and leaves them up, with the workers of the demo; both when none is named. */
export const verb: Verb = {
  usage: '[NAME…] [--json]',
  options: {},
  async run({ config, terminal, words }) {
    const known = demoClusters();
    const names = words.length === 0 ? known.map(({ name }) => name) : words;
    const unknown = names.find((name) => !known.some((one) => one.name === name));
    if (unknown !== undefined) {
      const all = known.map(({ name }) => name).join(', ');
      return usage(
        terminal,
        translate(terminal.locale, 'cli.unknownName', { name: unknown, names: all }),
      );
    }
    const stateDir = join(config.home, 'clusters');
    mkdirSync(stateDir, { recursive: true, mode: 0o700 });
    const follow = (name: string) => (progress: Progress) =>
      terminal.note(preparingText(terminal.locale, name, progress));
    const onProgress = oncePerLine(follow(names.join(' ')));
    const binary = await ensureBinary({ cacheDir: config.cacheDir, onProgress });
    const settled = await startClusters(
      known
        .filter(({ name }) => names.includes(name))
        .map(({ name, workerNodes }) => ({
          name,
          workerNodes,
          stateDir,
          binary: binary.path,
          onProgress: oncePerLine(follow(name)),
        })),
    );
    const up = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    for (const one of settled) if (one.status === 'rejected') terminal.note(String(one.reason));
    terminal.answer({ clusters: up });
    terminal.table(
      up.map(({ name, version, kubeconfigAdmin }) => [name, version, kubeconfigAdmin]),
    );
    return up.length === settled.length ? exit.ok : exit.unreadable;
  },
};

/** A step is said once, not with every per cent of it. */
function oncePerLine(say: (progress: Progress) => void): (progress: Progress) => void {
  let last = '';
  return (progress) => {
    const key = `${progress.step} ${progress.code}`;
    if (key !== last) say(progress);
    last = key;
  };
}
