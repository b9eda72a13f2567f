import { formatResource } from '@yunheng/messages/format/resource';
import { translate } from '@yunheng/messages/translate';
import { pageOf } from '@yunheng/rpc/contract/common';
import { systemRow } from '@yunheng/rpc/contract/estate';
import { connect } from './client.ts';
import { conclude } from './outcome.ts';
import { textOption, type Verb } from './verb.ts';

export const verb: Verb = {
  usage: '[--search TEXT] [--department ID] [--page N] [--json]',
  options: {
    search: { type: 'string' },
    department: { type: 'string' },
    page: { type: 'string' },
  },
  async run(invocation) {
    const { terminal } = invocation;
    const query = new URLSearchParams();
    for (const name of ['search', 'department', 'page']) {
      const value = textOption(invocation, name);
      if (value !== null) query.set(name, value);
    }
    const path = `/systems?${query.toString()}`;
    const page = await connect(invocation).send({ method: 'GET', path }, pageOf(systemRow));
    return conclude(terminal, page, ({ rows }) => {
      const { locale } = terminal;
      const head = (['code', 'name', 'department', 'allocated'] as const).map((key) =>
        translate(locale, `cli.${key}`),
      );
      const body = rows.map((row) => [
        row.code,
        row.name,
        row.department.name,
        formatResource('cpu', row.allocated.cpu ?? 0, locale),
      ]);
      terminal.table([head, ...body]);
    });
  },
};
