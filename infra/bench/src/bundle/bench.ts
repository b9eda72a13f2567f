import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Bench, BenchOptions, BenchResult } from '../measure/bench.ts';
import { machine } from '../measure/machine.ts';
import { columns } from '../measure/report.ts';
import { firstLoads } from './first-load.ts';

const checkout = fileURLToPath(new URL('../../../..', import.meta.url));
const limit = 92_160;

/** JavaScript, gzipped, that a browser fetches before the first page stands. No rounds: the same build has the same bytes. */
export const bundle: Bench = { name: 'bundle', run };

async function run({ report }: BenchOptions): Promise<BenchResult> {
  report('building the console');
  const built = spawnSync('turbo', ['run', 'build', '--filter=@yunheng/console'], {
    cwd: checkout,
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(`the console does not build:\n${built.stdout}`);
  const loads = firstLoads(
    fileURLToPath(new URL('../../../../apps/console/dist', import.meta.url)),
  );
  const firstLoadGzipBytes = Math.max(...loads.map(({ gzipBytes }) => gzipBytes));
  return {
    missed: firstLoadGzipBytes > limit,
    lines: [
      ...columns([
        ['first page', 'files', 'gzip bytes', 'limit'],
        ...loads.map(({ page, files, gzipBytes }) => [
          page,
          String(files.length),
          String(gzipBytes),
          `≤ ${limit}`,
        ]),
      ]),
    ],
    report: {
      name: bundle.name,
      rounds: 1,
      ratios: {},
      correct: loads.every(({ files }) => files.length > 1),
      machine: machine(),
      firstLoadGzipBytes,
    },
  };
}
