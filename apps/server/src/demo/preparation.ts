import type { Progress } from '@yunheng/local-cluster/progress';
import type { Locale } from '@yunheng/messages/locale';
import { translate } from '@yunheng/messages/translate';
import type { Terminal } from '../cli/terminal.ts';
import type { ClusterRegistry } from '../clusters/registry.ts';

/** Says in the terminal what the strip of the console shows: each step of each cluster once. */
export function followPreparation(terminal: Terminal, clusters: ClusterRegistry): () => void {
  const said = new Set<string>();
  const sayOnce = (text: string) => {
    if (said.has(text)) return;
    said.add(text);
    terminal.note(text);
  };
  const { locale } = terminal;
  const look = () => {
    for (const { name, progress, failure, running } of clusters.entries()) {
      if (failure !== null)
        sayOnce(translate(locale, 'demo.clusterFailed', { cluster: name, reason: failure }));
      else if (running !== null)
        sayOnce(
          translate(locale, 'demo.clusterReady', { cluster: name, version: running.version }),
        );
      else if (progress !== null) sayOnce(preparingText(locale, name, progress));
    }
  };
  const timer = setInterval(look, 250);
  return () => {
    clearInterval(timer);
    look();
  };
}

type Step = Pick<Progress, 'step' | 'total' | 'code'>;

/** `正在准备集群 sheng：2/5 启动 API 服务`, wherever a terminal follows a cluster that comes up. */
export const preparingText = (
  locale: Locale,
  cluster: string,
  { step, total, code }: Step,
): string =>
  translate(locale, 'demo.preparing', {
    cluster,
    step,
    total,
    name: translate(locale, stepNames[code]),
  });

const stepNames = {
  'binary.wait': 'preparation.binary_wait',
  'binary.modules': 'preparation.binary_modules',
  'binary.compile': 'preparation.binary_compile',
  'binary.install': 'preparation.binary_install',
  'cluster.prepare': 'preparation.cluster_prepare',
  'cluster.apiserver': 'preparation.cluster_apiserver',
  'cluster.base': 'preparation.cluster_base',
  'cluster.workers': 'preparation.cluster_workers',
  'cluster.ready': 'preparation.cluster_ready',
  'kind.create': 'preparation.kind_create',
} as const satisfies Record<Step['code'], string>;
