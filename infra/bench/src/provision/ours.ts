import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStanding } from '@yunheng/application/estate/open-standing';
import type { StandingInput } from '@yunheng/application/estate/province';
import { systemCall } from '@yunheng/application/identity/system-call';
import { connectCluster } from '@yunheng/cluster/connect';
import { findUserByUsername } from '@yunheng/db/queries/identity';
import { openTasks } from '@yunheng/db/queries/tasks';
import { systems } from '@yunheng/fixtures-guangdong/systems';
import { invariant } from '@yunheng/kernel/invariant';
import type { RunningCluster } from '@yunheng/local-cluster/cluster';
import type { Composition } from '@yunheng/server/compose';
import { readConfig } from '@yunheng/server/config';
import { seedDemo } from '@yunheng/server/demo/seed';
import { serve } from '@yunheng/server/serve';
import { timed, type Sample } from '../measure/rounds.ts';
import { amounts, namespaceOf, pool } from './plan.ts';

const lookEveryMs = 10;
const withinMs = 300_000;

/** The product's worker as it is served: approved rows, outbox, queue, worker, cluster, until every task is done. */
export async function provisionOurs(of: {
  readonly folder: string;
  readonly cluster: RunningCluster;
  readonly round: number;
  readonly count: number;
}): Promise<Sample> {
  const home = join(of.folder, `home-${of.round}`);
  const running = await serve(readConfig({ YUNHENG_HOME: home, YUNHENG_LOG: 'silent' }), {
    role: 'worker',
    prepare: (composition) => seedDemo(composition, { graceDays: 0, standing: () => false }),
    bringUp: async (clusters) => {
      const { name, kubeconfigProvisioner: kubeconfig } = of.cluster;
      clusters.ready(await connectCluster({ name, kubeconfig, context: null }), of.cluster);
    },
  });
  try {
    const { deps } = running.composition;
    await capacityRead(deps);
    const takeover = { rows: rowsOf(of.round, of.count), ...(await people(deps)) };
    return await timed(of.count, async () => {
      const opened = await openStanding(deps, systemCall, takeover);
      invariant(opened.ok && opened.value.opened === of.count, 'every row is approved');
      await allDone(deps);
    });
  } finally {
    await running.close();
    rmSync(home, { recursive: true, force: true });
  }
}

type Deps = Composition['deps'];

/** The first look at the cluster is no part of provisioning: the ledger has its capacity from it. */
async function capacityRead({ installation }: Deps): Promise<void> {
  for (;;) {
    const states = await installation.clusters();
    if (states.some(({ state, lastSeenAt }) => state === 'ready' && lastSeenAt !== null)) return;
    await sleep(50);
  }
}

function rowsOf(round: number, count: number): StandingInput[] {
  return systems.slice(0, count).map(({ department, code }, index) => ({
    department,
    system: code,
    environment: 'prod',
    pool,
    namespace: namespaceOf('ours', round, index),
    amounts,
  }));
}

async function people({ store }: Deps) {
  const idOf = async (username: string): Promise<string> => {
    const user = await findUserByUsername(store, username);
    invariant(user, `the demo has an identity ${username}`);
    return user.id;
  };
  return {
    applicantId: await idOf('operator'),
    deciderIds: [await idOf('operator-approver'), await idOf('authority')],
  };
}

async function allDone({ store }: Deps): Promise<void> {
  const until = Date.now() + withinMs;
  while ((await openTasks(store)) > 0) {
    invariant(Date.now() < until, 'provisioning did not end in time');
    await sleep(lookEveryMs);
  }
}
