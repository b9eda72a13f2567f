import { formatInstant } from '@yunheng/messages/format/time';
import { requestStateWord } from '@yunheng/messages/state-words';
import { dictionaries, translate } from '@yunheng/messages/translate';
import { pageOf } from '@yunheng/rpc/contract/common';
import { requestRow } from '@yunheng/rpc/contract/requests';
import { connect } from './client.ts';
import { conclude } from './outcome.ts';
import { textOption, type Verb } from './verb.ts';

export const verb: Verb = {
  usage: '[--state STATE] [--kind new|change|release] [--search TEXT] [--page N] [--json]',
  options: {
    state: { type: 'string' },
    kind: { type: 'string' },
    search: { type: 'string' },
    page: { type: 'string' },
  },
  async run(invocation) {
    const { terminal } = invocation;
    const query = new URLSearchParams();
    for (const name of ['state', 'kind', 'search', 'page']) {
      const value = textOption(invocation, name);
      if (value !== null) query.set(name, value);
    }
    const path = `/requests?${query.toString()}`;
    const page = await connect(invocation).send({ method: 'GET', path }, pageOf(requestRow));
    return conclude(terminal, page, ({ rows }) => {
      const { locale } = terminal;
      if (rows.length === 0) terminal.say(translate(locale, 'cli.none'));
      else {
        const head = (['number', 'kind', 'state', 'system', 'department', 'updated'] as const).map(
          (key) => translate(locale, `cli.${key}`),
        );
        terminal.table([
          head,
          ...rows.map((row) => [
            row.number ?? row.id,
            translate(locale, `requestKinds.${row.kind}`),
            requestStateWord(dictionaries[locale], row.state, row.kind),
            row.system.name,
            row.department.name,
            formatInstant(row.updatedAt),
          ]),
        ]);
      }
    });
  },
};
