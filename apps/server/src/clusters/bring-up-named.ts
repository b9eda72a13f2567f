import { join } from 'node:path';
import { clusters as clusterRows } from '@yunheng/db/queries/estate';
import type { Store } from '@yunheng/db/store';
import { ClusterToolError } from '@yunheng/local-cluster/errors';
import { parseNamedContexts, type NamedContext } from '@yunheng/local-cluster/source';
import type { Locale } from '@yunheng/messages/locale';
import { translate } from '@yunheng/messages/translate';
import { ConfigError, type Config } from '../config.ts';
import { bringUpClusters } from './bring-up.ts';
import { matchContexts, rightContexts } from './named-contexts.ts';
import type { ClusterRegistry } from './registry.ts';

/** Clusters of the estate with the contexts under which YUNHENG_KUBECONFIG has them. */
export type NamedClusters = ReadonlyMap<string, NamedContext>;

/**
 * A plain `serve` starts no cluster: it takes those of the estate that YUNHENG_KUBECONFIG names, and leaves every other
 * context of the file alone. When it names none of them somebody meant something else, and is told what there is.
 */
export async function findNamed(
  { kubeconfig }: Pick<Config, 'kubeconfig'>,
  { store, locale }: { readonly store: Store; readonly locale: Locale },
): Promise<NamedClusters> {
  if (kubeconfig === null) return new Map();
  const contexts = readContexts(kubeconfig);
  const names = (await clusterRows(store)).map(({ name }) => name);
  const { byName } = matchContexts(contexts, names);
  // An estate without clusters has no use for any.
  if (byName.size > 0 || names.length === 0) return byName;
  const found = contexts.map(({ context }) => context).join(', ');
  const wanted = rightContexts(names);
  throw new ConfigError(translate(locale, 'cli.contextsUnknown', { found, wanted }));
}

function readContexts(kubeconfig: string): readonly NamedContext[] {
  try {
    return parseNamedContexts(kubeconfig);
  } catch (error) {
    if (error instanceof ClusterToolError) throw new ConfigError(error.message, { cause: error });
    throw error;
  }
}

export async function bringUpNamed(
  config: Pick<Config, 'home' | 'cacheDir'>,
  of: { readonly named: NamedClusters; readonly registry: ClusterRegistry },
): Promise<void> {
  if (of.named.size === 0) return;
  await bringUpClusters({
    source: { kind: 'contexts', contexts: [...of.named.values()], considered: [] },
    wanted: [...of.named.keys()].map((name) => ({ name, workerNodes: [] })),
    stateDir: join(config.home, 'clusters'),
    cacheDir: config.cacheDir,
    attached: false,
    signal: new AbortController().signal,
    registry: of.registry,
  });
}
