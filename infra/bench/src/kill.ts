import { randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { killAgainAndAgain } from './kill/run.ts';

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '20' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const times = Number(values.times);
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
if (!Number.isSafeInteger(times) || times < 1 || !Number.isSafeInteger(seed)) {
  process.stderr.write('npm run kill -- [--times N] [--seed N] [--json]\n');
  process.exit(2);
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);
say(`seed ${seed}`);
const report = await killAgainAndAgain({
  times,
  seed,
  workFolder: resolve(process.env['YUNHENG_HOME'] ?? '.yunheng', 'bench'),
  say,
});
process.stdout.write(
  `${report.kills} kills, ${report.acknowledged} acknowledged, ${report.missing.length} missing, ${report.broken.length} laws broken, ${report.convergences} times converged, ${report.seconds.toFixed(0)} s (seed ${seed})\n`,
);
if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
process.exit(report.ok ? 0 : 1);
