import type { ParseArgsConfig } from 'node:util';
import { ConfigError, type Config } from '../config.ts';
import type { ExitCode } from './exit.ts';
import type { Terminal } from './terminal.ts';

export interface Invocation {
  readonly config: Config;
  readonly terminal: Terminal;
  /** Words after the verb that are not options. */
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** One verb a file. `usage` is what follows the verb's name. */
export interface Verb {
  readonly usage: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  run(invocation: Invocation): Promise<ExitCode>;
}

export function textOption(invocation: Invocation, name: string): string | null {
  const value = invocation.options[name];
  return typeof value === 'string' ? value : null;
}

/** `--port`, or what the environment says. */
export function portOption(invocation: Invocation): number {
  const text = textOption(invocation, 'port');
  if (text === null) return invocation.config.port;
  const port = Number(text);
  if (!/^\d+$/u.test(text) || port > 65_535)
    throw new ConfigError(`✖ --port ${text}: a number from 0 to 65535 expected`);
  return port;
}

export const flagOption = (invocation: Invocation, name: string): boolean =>
  invocation.options[name] === true;
