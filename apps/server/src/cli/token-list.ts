import { formatInstant } from '@yunheng/messages/format/time';
import { translate } from '@yunheng/messages/translate';
import { tokenRow } from '@yunheng/rpc/contract/auth';
import { z } from 'zod';
import { conclude, usage } from './outcome.ts';
import { withSession } from './password-session.ts';
import type { Verb } from './verb.ts';

export const verb: Verb = {
  usage: 'ACCOUNT [--json]',
  options: {},
  async run(invocation) {
    const { terminal, words } = invocation;
    const [username] = words;
    if (username === undefined) return usage(terminal, `yunheng token list ${verb.usage}`);
    const listed = await withSession(invocation, username, (client, headers) =>
      client.send({ method: 'GET', path: '/tokens', headers }, z.array(tokenRow)),
    );
    return conclude(terminal, listed, (tokens) => {
      const head = (['code', 'name', 'scopes', 'expires'] as const).map((key) =>
        translate(terminal.locale, `cli.${key}`),
      );
      const live = tokens.filter(({ revokedAt }) => revokedAt === null);
      terminal.table([
        head,
        ...live.map((one) => [
          one.id,
          one.name,
          one.scopes.join(','),
          formatInstant(one.expiresAt),
        ]),
      ]);
    });
  },
};
