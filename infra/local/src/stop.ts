import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { clearLeases, releaseLease } from './leases.ts';
import { withLock } from './lock.ts';
import { clusterPaths, type ClusterPaths } from './paths.ts';
import { endProcess, isAlive, readRecord, waitForEnd } from './processes.ts';

const supervisorDeadlineMs = 40_000;

/** Stops every process of a cluster; its state stays. True when there was anything to stop. */
export async function stopCluster(stateDir: string, name: string): Promise<boolean> {
  const paths = clusterPaths(stateDir, name);
  if (!existsSync(paths.dir)) return false;
  return withLock({ path: paths.lock, deadlineMs: 5 * 60_000 }, () => stopAll(paths));
}

/** Gives up this process's wish for the cluster; it ends if nobody else wants it. */
export function releaseCluster(stateDir: string, name: string): void {
  releaseLease(clusterPaths(stateDir, name).leases);
}

/** Stops a cluster and forgets its state, keys included. */
export async function removeCluster(stateDir: string, name: string): Promise<void> {
  const paths = clusterPaths(stateDir, name);
  if (!existsSync(paths.dir)) return;
  await withLock({ path: paths.lock, deadlineMs: 5 * 60_000 }, async () => {
    await stopAll(paths);
    rmSync(paths.dir, { recursive: true, force: true });
  });
}

async function stopAll(paths: ClusterPaths): Promise<boolean> {
  clearLeases(paths.leases);
  const supervisor = readRecord(paths.supervisor);
  const wasUp = isAlive(supervisor);
  if (wasUp) {
    process.kill(supervisor.pid, 'SIGTERM');
    if (!(await waitForEnd(supervisor, supervisorDeadlineMs))) await endProcess(supervisor, 0);
  }
  const left = await endMembers(paths);
  return wasUp || left > 0;
}

/** Ends members whose supervisor was killed; store last. */
export async function endMembers(paths: ClusterPaths): Promise<number> {
  if (!existsSync(paths.run)) return 0;
  const supervisor = readRecord(paths.supervisor);
  if (isAlive(supervisor)) await endProcess(supervisor, supervisorDeadlineMs);
  const files = readdirSync(paths.run).filter((name) => name.endsWith('.json'));
  const order = files.toSorted((a, b) => rank(a) - rank(b));
  let ended = 0;
  for (const file of order) {
    const record = readRecord(join(paths.run, file));
    if (isAlive(record)) {
      ended += 1;
      await endProcess(record, 5_000);
    }
    rmSync(join(paths.run, file), { force: true });
  }
  return ended;
}

function rank(file: string): number {
  return ['kube-apiserver.json', 'etcd.json'].indexOf(file);
}
