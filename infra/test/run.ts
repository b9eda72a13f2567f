/**
 * `npm test`: every check there is. `npm run test:quick`: the part that needs no server, replayed
 * from turbo's cache where nothing changed. Both end with one line `N passed, N failed`; a failed
 * stage counts as one failure, and the stages after it still run.
 */
import { spawn } from 'node:child_process';
import { ensurePrerequisites } from './prerequisites.ts';
import { runStage } from './run-stage.ts';
import { stages, unitStage } from './stages.ts';

async function runStages(): Promise<number> {
  let failed = 0;
  for (const stage of stages) {
    if (!(await runStage(stage)).ok) failed += 1;
  }
  return failed;
}

async function quick(): Promise<number> {
  const [failedStages, { ok, output }] = await Promise.all([runStages(), runStage(unitStage)]);
  const counts = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  const passed = Number(counts?.[1] ?? 0);
  // A run that broke before it could count has failed once.
  const failed = Number(counts?.[2] ?? 0) || (ok ? 0 : 1);
  console.log(`${passed} passed, ${failed + failedStages} failed`);
  return failed + failedStages;
}

/** Vitest comes last and writes the closing line itself, so that nothing can follow it. */
async function everything(): Promise<number> {
  let failed = await runStages();
  if (ensurePrerequisites().length > 0 && process.env['CI'] === 'true') failed += 1;
  console.log('· tests: unit, real servers, browser …');
  const plain = process.stdout.isTTY ? {} : { NO_COLOR: '1' };
  const env = { ...process.env, ...plain, YUNHENG_FAILED_STAGES: String(failed) };
  const code = await new Promise<number>((resolve) => {
    const child = spawn('vitest', ['run'], { stdio: 'inherit', env });
    child.on('error', () => resolve(127));
    child.on('exit', (status) => resolve(status ?? 1));
  });
  return failed + code;
}

const failures = process.argv.includes('--quick') ? await quick() : await everything();
process.exitCode = failures === 0 ? 0 : 1;
