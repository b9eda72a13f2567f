import { parentPort } from 'node:worker_threads';
import type { SealingDeps } from '@yunheng/application/audit/sealing';
import { verifyLaws } from '@yunheng/application/audit/verify/verify-laws';
import { walkChain } from '@yunheng/application/audit/walk-chain';
import { openReadingStore } from '@yunheng/db/open-store';
import { readSetting } from '@yunheng/db/queries/identity';
import type { Clusters } from '@yunheng/domain/provisioning/cluster';
import { AdapterError } from '@yunheng/kernel/errors';
import { businessOffset, createClock } from '../crypto/clock.ts';
import { openHeadLog } from '../crypto/head-log.ts';
import { createIds } from '../crypto/ids.ts';
import { openSigner } from '../crypto/signer.ts';
import type { ProofMessage, ProofTask } from './task.ts';

/** Enough for a sweep that asks several things at once, next to the pool of the process. */
const connections = 4;

/** The second composition of the process: the same use cases over readers of its own, for one proof. */
async function prove(task: ProofTask): Promise<ProofMessage> {
  await using held = new AsyncDisposableStack();
  const { databaseUrl, databaseSchema: schema, home } = task;
  const store = await openReadingStore(databaseUrl, { schema, connections });
  held.defer(() => store.close());
  const clock = createClock(businessOffset(await readSetting(store, 'clock.offset')));
  const deps = {
    store,
    clock,
    ids: createIds(),
    signer: openSigner(home),
    headLog: openHeadLog(home),
  };
  if (task.kind === 'chain') return { kind: 'chain', report: await walkChain(deps) };
  return { kind: 'laws', report: await laws(deps, await connected(task, held)) };
}

const laws = (deps: SealingDeps, clusters: Clusters) =>
  verifyLaws(deps, clusters, (law) => say({ kind: 'swept', law }));

async function connected(task: ProofTask, held: AsyncDisposableStack): Promise<Clusters> {
  if (task.clusters.length === 0) return { of: () => null };
  // The client of Kubernetes takes longer to load than everything else here.
  const { connectCluster } = await import('@yunheng/cluster/connect');
  const all = await Promise.all(
    task.clusters.map(({ name, kubeconfig }) =>
      connectCluster({ name, kubeconfig, context: null }),
    ),
  );
  for (const cluster of all) held.defer(() => cluster.close());
  return { of: (name) => all.find((cluster) => cluster.name === name) ?? null };
}

function say(message: ProofMessage): void {
  parentPort?.postMessage(message);
}

async function answer(task: ProofTask): Promise<void> {
  try {
    say(await prove(task));
  } catch (error) {
    // Only its code crosses over: an error may carry what no log should have (law S3). Any other ends the thread.
    if (!(error instanceof AdapterError)) throw error;
    say({ kind: 'failed', code: error.code });
  }
}

parentPort?.on('message', (task: ProofTask) => void answer(task));
