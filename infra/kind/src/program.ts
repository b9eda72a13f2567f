import { spawn } from 'node:child_process';
import { ClusterToolError } from '@yunheng/local-cluster/errors';

export type ProgramRun = {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
};

/** Standard output of a program that ended with 0 before its deadline; otherwise KIND_FAILED. */
export async function runProgram(run: ProgramRun): Promise<string> {
  const deadline = AbortSignal.timeout(run.deadlineMs);
  const signals = run.signal === undefined ? [deadline] : [deadline, run.signal];
  const stop = AbortSignal.any(signals);
  // A group of its own: kind starts the container engine's client, which must end with it.
  const child = spawn(run.program, run.args, {
    env: run.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let complaints = '';
  child.stdout.on('data', (part: Buffer) => (output += part.toString()));
  child.stderr.on('data', (part: Buffer) => (complaints += part.toString()));
  const killGroup = (): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  };
  if (stop.aborted) killGroup();
  stop.addEventListener('abort', killGroup, { once: true });
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      complaints += error.message;
      resolve(null);
    });
    child.once('close', resolve);
  });
  stop.removeEventListener('abort', killGroup);
  if (code === 0) return output;
  const command = [run.program, ...run.args].join(' ');
  const tail = deadline.aborted
    ? `no end within ${Math.round(run.deadlineMs / 1000)} s`
    : complaints.trim().split('\n').slice(-12).join('\n');
  throw new ClusterToolError('KIND_FAILED', { command, tail }, `${command} failed: ${tail}`);
}
