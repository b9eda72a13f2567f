/**
 * Runs dependency-cruiser over the whole workspace. It fails on a violation, and also when it read
 * fewer modules than there are source files: under an unknown compiler it reads none and is content.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolders, root, sourceFiles } from './repository.ts';

interface CruiseReport {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
      readonly comment?: string;
      readonly cycle?: readonly { readonly name: string }[];
    }[];
  };
}

const inSource = /^(apps|packages|infra|fixtures)\/[^/]+\/src\/.*\.tsx?$/;
/** A file that nothing imports and that imports nothing is still read, so nearly all must be there. */
const leastShare = 0.95;

function cruise(): CruiseReport {
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  // Folders, not a glob: a glob follows the links below node_modules until memory ends.
  const folders = packageFolders()
    .map((folder) => `${folder}/src`)
    .filter((folder) => existsSync(join(root, folder)));
  const { stdout, stderr } = spawnSync('depcruise', [...args, ...folders], {
    cwd: root,
    timeout: 120_000,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (!stdout.startsWith('{'))
    throw new Error(`dependency-cruiser did not report: ${stderr}${stdout}`);
  // The shape is that of dependency-cruiser's documented JSON reporter.
  return JSON.parse(stdout) as CruiseReport;
}

const { modules, summary } = cruise();
for (const { rule, from, to, comment, cycle } of summary.violations) {
  const way = cycle === undefined ? to : cycle.map((step) => step.name).join(' → ');
  console.log(`${rule.name}: ${from} → ${way}${comment === undefined ? '' : `\n    ${comment}`}`);
}
const read = modules.filter((module) => inSource.test(module.source)).length;
const present = sourceFiles().filter((file) => inSource.test(file.path)).length;
const blind = read < present * leastShare;
if (blind)
  console.log(`read only ${read} of ${present} source files: the rules did not see the rest`);
console.log(`${read} modules, ${summary.violations.length} violations`);
process.exitCode = summary.violations.length > 0 || blind ? 1 : 0;
