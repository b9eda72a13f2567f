import { translate } from '@yunheng/messages/translate';
import { done } from '@yunheng/rpc/contract/common';
import { conclude, usage } from './outcome.ts';
import { withSession } from './password-session.ts';
import type { Verb } from './verb.ts';

export const verb: Verb = {
  usage: 'ACCOUNT ID [--json]',
  options: {},
  async run(invocation) {
    const { terminal, words } = invocation;
    const [username, id] = words;
    if (username === undefined || id === undefined) {
      return usage(terminal, `yunheng token revoke ${verb.usage}`);
    }
    const path = `/tokens/${encodeURIComponent(id)}`;
    const revoked = await withSession(invocation, username, (client, headers) =>
      client.send({ method: 'DELETE', path, headers }, done),
    );
    return conclude(terminal, revoked, () =>
      terminal.say(translate(terminal.locale, 'cli.revoked')),
    );
  },
};
