import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { connectCluster } from '@yunheng/cluster/connect';
import { removeCluster } from '@yunheng/local-cluster/stop';
import type { Bench, BenchOptions, BenchResult } from '../measure/bench.ts';
import { reportOf, tableOf } from '../measure/report.ts';
import { alternate, type Side } from '../measure/rounds.ts';
import { startAttached } from '../stage/clusters.ts';
import { areReady } from './check.ts';
import { applyWithGo, ensureApplier } from './go-side.ts';
import { provisionOurs } from './ours.ts';
import { namespaceOf, plannedNamespace } from './plan.ts';
import { applyWithStock } from './stock-side.ts';

const count = 60;
const names = ['ours', 'go', 'stock'] as const;

/** From approved row to ready on a real API server, beside what the same server does for a loop that only writes. */
export const provision: Bench = { name: 'provision', run };

const goals = [
  { key: 'ours/go', atLeast: 0.4 },
  { key: 'ours/stock', atLeast: 1.3 },
];

async function run({ rounds, report, workFolder }: BenchOptions): Promise<BenchResult> {
  mkdirSync(workFolder, { recursive: true });
  const folder = mkdtempSync(join(workFolder, 'provision-'));
  const clusterFolder = join(folder, 'clusters');
  report('building the client-go side, unless it is there');
  const program = await ensureApplier();
  report('starting a cluster');
  const [running] = await startAttached(clusterFolder, 'sheng');
  if (running === undefined) throw new Error('the demo has no cluster sheng');
  const kubeconfig = running.kubeconfigProvisioner;
  const cluster = await connectCluster({ name: running.name, kubeconfig, context: null });
  let round = -1;
  const namespacesOf = (side: string) =>
    Array.from({ length: count }, (_none, index) => namespaceOf(side, round, index));
  const planned = (side: string) => namespacesOf(side).map(plannedNamespace);
  const sides: Side[] = [
    {
      name: 'ours',
      note: 'approved rows, outbox, queue, worker; ledger and audit on a durable SQLite file',
      run: () => provisionOurs({ folder, cluster: running, round, count }),
    },
    {
      name: 'go',
      note: 'client-go without a limit, 16 workers, keeps nothing',
      run: () => applyWithGo({ program, kubeconfig, folder, namespaces: planned('go') }),
    },
    {
      name: 'stock',
      note: 'client-node as shipped, 16 workers, keeps nothing',
      run: () => applyWithStock(kubeconfig, planned('stock')),
    },
  ];
  try {
    const measured = await alternate({
      sides,
      rounds,
      report,
      // Fresh names instead of a clean-up between rounds: deletion would run into the next side's time.
      begin: async () => void (round += 1),
      check: () => areReady(cluster, names.flatMap(namespacesOf)),
    });
    const whole = { name: provision.name, goals, sides, rounds: measured };
    return { lines: tableOf(whole), report: reportOf(whole) };
  } finally {
    await cluster.close();
    await removeCluster(clusterFolder, running.name);
    rmSync(folder, { recursive: true, force: true });
  }
}
