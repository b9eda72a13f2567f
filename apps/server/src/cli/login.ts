import { chmodSync, writeFileSync } from 'node:fs';
import { tokenScopes } from '@yunheng/domain/identity/policy';
import { ok } from '@yunheng/kernel/result';
import { formatInstant } from '@yunheng/messages/format/time';
import { translate } from '@yunheng/messages/translate';
import { tokenCreate } from '@yunheng/rpc/contract/auth';
import { tokenPath } from './client.ts';
import { conclude, refuse, usage } from './outcome.ts';
import { withSession } from './password-session.ts';
import type { Verb } from './verb.ts';

const days = 30;

/** Trades a password for an access token, which is kept in the home and ends by itself. */
export const verb: Verb = {
  usage: 'ACCOUNT [--json]',
  options: {},
  async run(invocation) {
    const { config, terminal, words } = invocation;
    const [username] = words;
    if (username === undefined) return usage(terminal, `yunheng login ${verb.usage}`);
    const body = { name: 'yunheng login', scopes: tokenScopes, days };
    const made = await withSession(invocation, username, (client, headers) =>
      client.send({ method: 'POST', path: '/tokens', headers, body }, tokenCreate.output),
    );
    if (!made.ok) return refuse(terminal, made.error);
    const path = tokenPath(config.home);
    writeFileSync(path, made.value.token, { mode: 0o600 });
    chmodSync(path, 0o600);
    const { id, expiresAt } = made.value;
    return conclude(terminal, ok({ id, expiresAt, path }), () => {
      const expires = formatInstant(expiresAt);
      terminal.say(translate(terminal.locale, 'cli.loggedIn', { username, path, expires }));
    });
  },
};
