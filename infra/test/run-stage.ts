import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import type { Stage } from './stages.ts';

export interface StageOutcome {
  readonly ok: boolean;
  readonly output: string;
}

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/**
 * Runs one stage through turbo and says so in one line. What the stage printed is shown when it
 * failed, and always in CI, where nobody can run it again to see.
 */
export async function runStage(stage: Stage): Promise<StageOutcome> {
  const started = performance.now();
  const filter = stage.filter === undefined ? [] : [`--filter=${stage.filter}`];
  const options = ['--output-logs=full', '--log-prefix=none', '--log-order=stream'];
  const { code, output } = await capture('turbo', ['run', stage.task, ...filter, ...options]);
  const ok = code === 0;
  const replayed = output.includes('FULL TURBO') ? ', nothing changed' : '';
  if (!ok || process.env['CI'] === 'true') process.stdout.write(output);
  console.log(`${ok ? '✓' : '✗'} ${stage.name} ${seconds(started)}${replayed}`);
  return { ok, output };
}

function capture(command: string, args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const append = (chunk: Buffer): void => {
      // Some tools colour a pipe too.
      output += stripVTControlCharacters(chunk.toString());
    };
    child.stdout.on('data', append);
    child.stderr.on('data', append);
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
