/** By hand: `node infra/local/src/main.ts up|down|status|logs [NAME…]`, without the product. */
import { join } from 'node:path';
import { ensureBinary } from './binary.ts';
import { startClusters } from './start-clusters.ts';
import { clusterLogs } from './logs.ts';
import { defaultCacheDir } from './paths.ts';
import { clusterStatus } from './status.ts';
import { stopCluster } from './stop.ts';
import { testWorkers } from './test-workers.ts';

const stateDir = process.env['YUNHENG_CLUSTERS'] ?? join(defaultCacheDir(process.env), 'clusters');

const verbs: Readonly<Record<string, (names: readonly string[]) => Promise<number>>> = {
  up,
  down,
  status,
  logs,
};

async function up(names: readonly string[]): Promise<number> {
  let last = '';
  const binary = await ensureBinary({
    onProgress: (now) => {
      const share = now.of === undefined ? '' : ` ${Math.floor((100 * (now.done ?? 0)) / now.of)}%`;
      const line = `${now.step}/${now.total} ${now.code}${share}`;
      if (line !== last) console.error(line);
      last = line;
    },
  });
  const results = await startClusters(
    names.map((name) => ({
      name,
      stateDir,
      binary: binary.path,
      workerNodes: testWorkers(name),
      onProgress: (now) => console.error(`${name} ${now.step}/${now.total} ${now.code}`),
    })),
  );
  for (const result of results) {
    if (result.status === 'fulfilled') console.log(JSON.stringify(result.value, null, 2));
    else console.error(String(result.reason));
  }
  return results.every((result) => result.status === 'fulfilled') ? 0 : 1;
}

async function down(names: readonly string[]): Promise<number> {
  const stopped = await Promise.all(names.map((name) => stopCluster(stateDir, name)));
  for (const [index, name] of names.entries()) {
    console.log(`${name}: ${stopped[index] === true ? 'stopped' : 'was not running'}`);
  }
  return 0;
}

async function status(names: readonly string[]): Promise<number> {
  const all = await Promise.all(names.map((name) => clusterStatus(stateDir, name)));
  console.log(JSON.stringify(all, null, 2));
  return all.every((one) => one.state === 'running') ? 0 : 1;
}

function logs(names: readonly string[]): Promise<number> {
  for (const name of names) {
    for (const log of clusterLogs({ stateDir, name })) {
      for (const line of log.lines) console.log(`${name}/${log.member}: ${line}`);
    }
  }
  return Promise.resolve(0);
}

const [verb = '', ...named] = process.argv.slice(2);
const run = verbs[verb];
if (run === undefined) {
  console.error(`usage: main.ts ${Object.keys(verbs).join('|')} [NAME…]   (names: sheng shi)`);
  process.exitCode = 2;
} else {
  process.exitCode = await run(named.length === 0 ? ['sheng', 'shi'] : named);
}
