import { AdapterError, domainError } from '@yunheng/kernel/errors';
import { ConfigError, readConfig } from '../config.ts';
import { exit, type ExitCode } from './exit.ts';
import { readArguments } from './read-arguments.ts';
import { Terminal } from './terminal.ts';
import { findVerb, usageText } from './verbs.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export async function runCli(args: readonly string[], env: Environment): Promise<ExitCode> {
  const terminal = new Terminal({ json: args.includes('--json'), env });
  const found = await findVerb(args);
  if (found === null) {
    terminal.note(usageText(terminal.locale));
    return args.length === 0 || args.includes('--help') || args[0] === 'help'
      ? exit.ok
      : exit.usage;
  }
  const parsed = readArguments(found.verb, found.rest, terminal.locale);
  if (typeof parsed === 'string') {
    terminal.note(`${parsed}\nyunheng ${found.name} ${found.verb.usage}`);
    return exit.usage;
  }
  if (parsed.options['help'] === true) {
    terminal.note(`yunheng ${found.name} ${found.verb.usage}`);
    return exit.ok;
  }
  try {
    const config = readConfig(env, terminal.locale);
    return await found.verb.run({ config, terminal, env, ...parsed });
  } catch (error) {
    return report(terminal, error);
  }
}

function report(terminal: Terminal, error: unknown): ExitCode {
  if (error instanceof ConfigError) {
    terminal.note(error.message);
    return exit.usage;
  }
  if (error instanceof AdapterError) {
    terminal.fail(domainError(error.code, error.params));
    return exit.unreadable;
  }
  terminal.fail(domainError('internal.unexpected'));
  terminal.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return exit.unreadable;
}
