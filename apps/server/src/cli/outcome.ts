import { errorCodes, type DomainError } from '@yunheng/kernel/errors';
import type { Result } from '@yunheng/kernel/result';
import { translate } from '@yunheng/messages/translate';
import { exit, type ExitCode } from './exit.ts';
import type { Terminal } from './terminal.ts';

/** Says the value for people and answers it for programs, or says why not. */
export function conclude<T>(
  terminal: Terminal,
  result: Result<T, DomainError>,
  say: (value: T) => void,
): ExitCode {
  if (!result.ok) return refuse(terminal, result.error);
  terminal.answer(result.value);
  say(result.value);
  return exit.ok;
}

export function refuse(terminal: Terminal, error: DomainError): ExitCode {
  terminal.fail(error);
  if (error.code === 'auth.required') terminal.note(translate(terminal.locale, 'cli.needLogin'));
  return errorCodes[error.code].kind === 'unavailable' ? exit.unreadable : exit.finding;
}

/** Wrong words on the command line: what is right, and the code for it. */
export function usage(terminal: Terminal, text: string): ExitCode {
  terminal.note(text);
  return exit.usage;
}
