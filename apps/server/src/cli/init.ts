import { initSystem, type InitializedSystem } from '@yunheng/application/identity/init-system';
import { resetAdministrator } from '@yunheng/application/identity/reset-administrator';
import { AdapterError } from '@yunheng/kernel/errors';
import { translate } from '@yunheng/messages/translate';
import { compose } from '../compose.ts';
import type { Config } from '../config.ts';
import { runningServer } from './client.ts';
import { exit, type ExitCode } from './exit.ts';
import { refuse } from './outcome.ts';
import type { Terminal } from './terminal.ts';
import { textOption, type Verb } from './verb.ts';

/**
 * Makes each of the three administrators whom no enabled person is, or gives one a new password. The right to do it is
 * having the host and its files, not an account, so nothing may be served meanwhile.
 */
export const verb: Verb = {
  usage: '[--reset USERNAME] [--json]',
  options: { reset: { type: 'string' } },
  async run(invocation) {
    const { config, terminal } = invocation;
    const username = textOption(invocation, 'reset');
    await refuseServed(config);
    const composition = await compose(config);
    const { deps } = composition;
    try {
      if (username === null) {
        const done = await initSystem(deps);
        return done.ok ? sayMade(terminal, done.value) : refuse(terminal, done.error);
      }
      const done = await resetAdministrator(deps, { username });
      return done.ok
        ? sayReset(terminal, { username, ...done.value })
        : refuse(terminal, done.error);
    } finally {
      await composition.close();
    }
  },
};

function sayMade(terminal: Terminal, { made, held, first }: InitializedSystem): ExitCode {
  const { locale } = terminal;
  terminal.answer({ users: made, held });
  for (const { role, usernames } of held) {
    const who = { role: translate(locale, `roles.${role}`), usernames: usernames.join(', ') };
    terminal.say(translate(locale, 'cli.initHeld', who));
  }
  const done = first ? 'cli.initDone' : made.length > 0 ? 'cli.initRestored' : 'cli.initNothing';
  terminal.say(translate(locale, done));
  terminal.table(made.map((one) => [one.username, one.oneTimePassword]));
  return exit.ok;
}

function sayReset(
  terminal: Terminal,
  user: { readonly username: string; readonly oneTimePassword: string },
): ExitCode {
  const { username, oneTimePassword } = user;
  terminal.answer(user);
  terminal.say(translate(terminal.locale, 'cli.initReset', { username }));
  terminal.say(oneTimePassword);
  return exit.ok;
}

/** A file of SQLite is locked while it is served; a database server is not, so whoever answers is asked. */
async function refuseServed({ home }: Config): Promise<void> {
  const url = runningServer(home);
  if (url === null || !(await answers(url))) return;
  throw new AdapterError('server.running', { retryable: true, params: { url } });
}

/** In a container every process has the number of a card that was left over. */
async function answers(url: string): Promise<boolean> {
  try {
    await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(3_000) });
    return true;
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError';
  }
}
