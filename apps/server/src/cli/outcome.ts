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
  explain(terminal, error);
  return errorCodes[error.code].kind === 'unavailable' ? exit.unreadable : exit.finding;
}

/** A check that was refused looked at nothing, whatever the reason: its 1 is kept for what is found. */
export function unchecked(terminal: Terminal, error: DomainError): ExitCode {
  explain(terminal, error);
  return exit.unreadable;
}

function explain(terminal: Terminal, error: DomainError): void {
  terminal.fail(error);
  if (error.code === 'auth.required') terminal.note(translate(terminal.locale, 'cli.needLogin'));
}

/** Wrong words on the command line: what is right, and the code for it. */
export function usage(terminal: Terminal, text: string): ExitCode {
  terminal.note(text);
  return exit.usage;
}
