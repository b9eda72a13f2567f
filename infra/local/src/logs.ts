import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { clusterPaths } from './paths.ts';

/** The last lines of one member's log, or a line that says there is none. */
export function tailOf(logDir: string, member: string, lines: number): string {
  const path = join(logDir, `${member}.log`);
  if (!existsSync(path)) return `(${member} has written no log)`;
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}

export type MemberLog = { readonly member: string; readonly lines: readonly string[] };

/** The last lines of every member of a cluster. */
export function clusterLogs(input: {
  readonly stateDir: string;
  readonly name: string;
  readonly lines?: number;
}): readonly MemberLog[] {
  const { logs } = clusterPaths(input.stateDir, input.name);
  if (!existsSync(logs)) return [];
  return readdirSync(logs)
    .filter((file) => file.endsWith('.log'))
    .map((file) => basename(file, '.log'))
    .map((member) => ({ member, lines: tailOf(logs, member, input.lines ?? 40).split('\n') }));
}
