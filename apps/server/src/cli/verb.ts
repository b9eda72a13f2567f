import type { ParseArgsConfig } from 'node:util';
import { ConfigError, type Config } from '../config.ts';
import { listed, portRight, settingText } from '../setting-words.ts';
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
    throw wrongOption(invocation, { name: 'port', right: portRight(invocation.terminal.locale) });
  return port;
}

/** The value of an option that is one of a few words; the first of them where it is not given. */
export function wordOption<const W extends string>(
  invocation: Invocation,
  { name, words }: { readonly name: string; readonly words: readonly [W, ...W[]] },
): W {
  const text = textOption(invocation, name);
  const word = text === null ? words[0] : words.find((one) => one === text);
  if (word !== undefined) return word;
  throw wrongOption(invocation, { name, right: listed(invocation.terminal.locale, words) });
}

function wrongOption(
  invocation: Invocation,
  { name, right }: { readonly name: string; readonly right: string },
): ConfigError {
  const value = textOption(invocation, name);
  return new ConfigError(
    settingText(invocation.terminal.locale, { name: `--${name}`, value, right }),
  );
}

export const flagOption = (invocation: Invocation, name: string): boolean =>
  invocation.options[name] === true;
