import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from './bundle/bench.ts';
import { ledgerSqlite } from './ledger-sqlite/bench.ts';
import { provision } from './provision/bench.ts';
import type { Bench } from './measure/bench.ts';

const benches: readonly Bench[] = [provision, ledgerSqlite, bundle];

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '5' } },
});
const bench = benches.find(({ name }) => name === positionals[0]);
if (bench === undefined) {
  process.stderr.write(
    `npm run bench -- NAME [--json] [--rounds N], where NAME is ${benches.map(({ name }) => name).join(', ')}\n`,
  );
  process.exit(2);
}

const result = await bench.run({
  rounds: Number(values.rounds),
  workFolder: resolve(process.env['YUNHENG_HOME'] ?? '.yunheng', 'bench'),
  report: (line) => process.stderr.write(`${line}\n`),
});
process.stdout.write(`${result.lines.join('\n')}\n`);
if (values.json) process.stdout.write(`${JSON.stringify(result.report)}\n`);
process.exitCode = result.report.correct && result.missed !== true ? 0 : 1;
