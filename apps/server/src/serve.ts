import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { operationFigures } from '@yunheng/db/queries/operations';
import { ClusterRegistry } from './clusters/registry.ts';
import { compose, type Composition } from './compose.ts';
import type { Config } from './config.ts';
import { createApp } from './http/app.ts';
import { listen } from './http/listen.ts';
import { startEngine } from './jobs/engine.ts';
import { openQueue } from './jobs/queue.ts';
import { openQueueSource, type QueueSource } from './jobs/queue-source.ts';

export type Role = 'all' | 'api' | 'worker';

export interface ServeParts {
  readonly role: Role;
  /** Rows that have to be there before anybody is served. */
  prepare?(composition: Composition): Promise<void>;
  /** Brings clusters into the registry, in the background; what fails stays visible there. */
  bringUp?(clusters: ClusterRegistry): Promise<void>;
  /** Another built console than the one of this checkout. */
  readonly consoleFolder?: string;
}

export interface Running {
  /** Null for a worker, which has no face. */
  readonly url: string | null;
  readonly composition: Composition;
  readonly queue: Pick<QueueSource, 'kind' | 'origin'>;
  close(): Promise<void>;
}

const builtConsole = fileURLToPath(new URL('../../console/dist', import.meta.url));

/** Starts everything of one process, and tells other programs on this machine where it is. */
export async function serve(config: Config, parts: ServeParts): Promise<Running> {
  const undo = new AsyncDisposableStack();
  try {
    const clusters = new ClusterRegistry();
    undo.defer(() => clusters.close());
    const composition = await compose(config, clusters);
    undo.defer(() => composition.close());
    await parts.prepare?.(composition);
    // What a killed process left unsealed is sealed before anybody is served (law S2).
    await Promise.all(composition.recurring.map((work) => work.run()));
    const source = await openQueueSource(config, { path: process.env['PATH'] ?? '' });
    undo.defer(() => source.stop());
    const queue = await openQueue(source);
    undo.defer(() => queue.close());
    const url =
      parts.role === 'worker'
        ? null
        : await openHttp(config, composition, {
            queue,
            undo,
            consoleFolder: parts.consoleFolder ?? builtConsole,
          });
    if (parts.role !== 'api') {
      const engine = startEngine({
        deps: composition.deps,
        clusters,
        queue,
        also: composition.recurring,
        onFailure: (work, error) => composition.report(work, error),
      });
      undo.defer(() => engine.stop());
    }
    void parts.bringUp?.(clusters).catch((error: unknown) => composition.report('clusters', error));
    return { url, composition, queue: source, close: () => undo.disposeAsync() };
  } catch (error) {
    await undo.disposeAsync();
    throw error;
  }
}

async function openHttp(
  config: Config,
  composition: Composition,
  {
    queue,
    undo,
    consoleFolder,
  }: {
    queue: Awaited<ReturnType<typeof openQueue>>;
    undo: AsyncDisposableStack;
    consoleFolder: string;
  },
): Promise<string> {
  const { deps, needs } = composition;
  const app = await createApp({
    config,
    deps,
    needs: [...needs, { name: 'queue', missing: () => queue.waiting().then(() => null) }],
    consoleFolder,
    figures: () => operationFigures(deps.store),
    queues: [queue.queue],
  });
  undo.defer(() => app.close());
  const url = await listen(app, config);
  const card = join(config.home, 'server.json');
  writeFileSync(card, JSON.stringify({ url, pid: process.pid }), { mode: 0o600 });
  undo.defer(async () => rmSync(card, { force: true }));
  return url;
}
