import { translate } from '@yunheng/messages/translate';
import { done } from '@yunheng/rpc/contract/common';
import { connect } from './client.ts';
import { findRequest } from './find-request.ts';
import { conclude, refuse, usage } from './outcome.ts';
import { textOption, type Verb } from './verb.ts';

export const verb: Verb = {
  usage: 'ID|NUMBER --reason TEXT [--json]',
  options: { reason: { type: 'string' } },
  async run(invocation) {
    const { terminal, words } = invocation;
    const [name] = words;
    if (name === undefined) return usage(terminal, `yunheng request restore ${verb.usage}`);
    const client = connect(invocation);
    const found = await findRequest(client, name);
    if (!found.ok) return refuse(terminal, found.error);
    const { id, version } = found.value.request;
    const body = { version, reason: textOption(invocation, 'reason') ?? '' };
    const path = `/requests/${id}/restoration`;
    const restoring = await client.send({ method: 'POST', path, body }, done);
    return conclude(terminal, restoring, () =>
      terminal.say(translate(terminal.locale, 'cli.restoring')),
    );
  },
};
