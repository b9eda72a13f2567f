import { requestStateWord } from '@yunheng/messages/state-words';
import { dictionaries, translate } from '@yunheng/messages/translate';
import { decide } from '@yunheng/rpc/contract/requests';
import { connect } from './client.ts';
import { findRequest } from './find-request.ts';
import { conclude, refuse, usage } from './outcome.ts';
import { textOption, type Verb } from './verb.ts';

type Decision = 'approve' | 'return' | 'reject';

/** `request approve`, `request return`, `request reject`: for exactly the content that is there now (law A1). */
export const decideVerb = (decision: Decision): Verb => ({
  usage: 'ID|NUMBER [--opinion TEXT] [--json]',
  options: { opinion: { type: 'string' } },
  async run(invocation) {
    const { terminal, words } = invocation;
    const [name] = words;
    if (name === undefined) {
      return usage(terminal, `yunheng request ${decision} ID|NUMBER [--opinion TEXT]`);
    }
    const client = connect(invocation);
    const found = await findRequest(client, name);
    if (!found.ok) return refuse(terminal, found.error);
    const { request, digest } = found.value;
    const body = {
      version: request.version,
      digest: digest ?? 'draft',
      decision,
      opinion: textOption(invocation, 'opinion') ?? '',
    };
    const path = `/requests/${request.id}/decision`;
    const decided = await client.send({ method: 'POST', path, body }, decide.output);
    return conclude(terminal, decided, ({ state }) => {
      const word = requestStateWord(dictionaries[terminal.locale], state, request.kind);
      terminal.say(translate(terminal.locale, 'cli.decided', { state: word }));
    });
  },
});
