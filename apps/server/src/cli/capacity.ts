import { formatResource } from '@yunheng/messages/format/resource';
import { translate } from '@yunheng/messages/translate';
import { capacityOverview } from '@yunheng/rpc/contract/estate';
import { connect } from './client.ts';
import { conclude } from './outcome.ts';
import { textOption, type Verb } from './verb.ts';

export const verb: Verb = {
  usage: '[--scope all|provincial|industry|city|edge] [--json]',
  options: { scope: { type: 'string' } },
  async run(invocation) {
    const { terminal } = invocation;
    const scope = encodeURIComponent(textOption(invocation, 'scope') ?? 'all');
    const sent = { method: 'GET', path: `/capacity?scope=${scope}` } as const;
    const overview = await connect(invocation).send(sent, capacityOverview.output);
    return conclude(terminal, overview, ({ pools }) => {
      const { locale } = terminal;
      const head = (['pool', 'resource', 'supply', 'allocated', 'held', 'free'] as const).map(
        (key) => translate(locale, `cli.${key}`),
      );
      const rows = pools.flatMap(({ pool, cells }) =>
        cells.map((cell) => [
          pool.code,
          translate(locale, `resources.${cell.resource}`),
          ...[cell.supply, cell.allocated, cell.held, cell.free].map((amount) =>
            formatResource(cell.resource, amount, locale),
          ),
        ]),
      );
      terminal.table([head, ...rows]);
    });
  },
};
