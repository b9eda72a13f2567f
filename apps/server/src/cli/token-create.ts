import { translate } from '@yunheng/messages/translate';
import { tokenCreate } from '@yunheng/rpc/contract/auth';
import { conclude, usage } from './outcome.ts';
import { withSession } from './password-session.ts';
import { textOption, type Verb } from './verb.ts';

export const verb: Verb = {
  usage: 'ACCOUNT [--name NAME] [--scopes read,request,approve,access] [--days N] [--json]',
  options: {
    name: { type: 'string' },
    scopes: { type: 'string' },
    days: { type: 'string' },
  },
  async run(invocation) {
    const { terminal, words } = invocation;
    const [username] = words;
    if (username === undefined) return usage(terminal, `yunheng token create ${verb.usage}`);
    const body = {
      name: textOption(invocation, 'name') ?? 'yunheng',
      scopes: (textOption(invocation, 'scopes') ?? 'read').split(','),
      days: Number(textOption(invocation, 'days') ?? 30),
    };
    const made = await withSession(invocation, username, (client, headers) =>
      client.send({ method: 'POST', path: '/tokens', headers, body }, tokenCreate.output),
    );
    return conclude(terminal, made, ({ token }) =>
      terminal.say(translate(terminal.locale, 'cli.tokenOnce', { token })),
    );
  },
};
