/**
 * The process that keeps one cluster up: `node supervisor.ts STATE_DIR NAME`. It outlives the
 * program that started it, restarts members that crash, and ends all of them when it is told to,
 * or when nobody holds a lease on the cluster any more.
 */
import { rmSync } from 'node:fs';
import { ApiClient } from './api.ts';
import { writeJson } from './files.ts';
import { isWanted } from './leases.ts';
import { clusterPhases } from './members.ts';
import { clusterPaths } from './paths.ts';
import { clientCredentials } from './prepare.ts';
import { ownRecord } from './processes.ts';
import { readSpec } from './spec.ts';
import { supervise } from './supervise.ts';

const leaseCheckMs = 1_000;

async function main(stateDir: string, name: string): Promise<void> {
  const paths = clusterPaths(stateDir, name);
  const spec = readSpec(paths);
  if (spec === undefined) throw new Error(`${paths.spec} holds no cluster`);
  const own = { ...ownRecord(), startedAt: Date.now(), ending: false };
  writeJson(paths.supervisor, own);

  const end = new AbortController();
  const endAll = (): void => {
    if (end.signal.aborted) return;
    // A start that comes now must wait for the end and begin anew.
    writeJson(paths.supervisor, { ...own, ending: true });
    end.abort();
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, endAll);
  }
  const watch = setInterval(() => {
    if (!isWanted(paths.leases)) endAll();
  }, leaseCheckMs);

  const api = new ApiClient(clientCredentials(paths, spec, 'admin'));
  const isReady = async (): Promise<boolean> => {
    try {
      return (await api.call({ method: 'GET', path: '/readyz', deadlineMs: 3_000 })).status === 200;
    } catch {
      return false;
    }
  };
  await supervise({
    phases: clusterPhases(paths, spec.ports).map((members) => ({
      commands: members.map((member) => ({ ...member, program: spec.binary })),
      isReady,
    })),
    cwd: paths.dir,
    logDir: paths.logs,
    runDir: paths.run,
    signal: end.signal,
  });
  clearInterval(watch);
  api.close();
  rmSync(paths.supervisor, { force: true });
}

const [stateDir, name] = process.argv.slice(2);
if (stateDir === undefined || name === undefined) {
  console.error('usage: supervisor.ts STATE_DIR NAME');
  process.exit(2);
}
await main(stateDir, name);
