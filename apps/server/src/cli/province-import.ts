import { seedProvince } from '@yunheng/application/estate/seed-province';
import { systemCall } from '@yunheng/application/identity/system-call';
import { translate } from '@yunheng/messages/translate';
import { compose } from '../compose.ts';
import { readProvince } from '../province/province-file.ts';
import { exit } from './exit.ts';
import { readInput } from './input-file.ts';
import { conclude, refuse, usage } from './outcome.ts';
import type { Verb } from './verb.ts';

/**
 * Registers what a file names and is not there yet: departments with their entitlement, systems, cloud nodes, clusters,
 * pools, policies, catalogue, calendar. What exists stays as it is. Opens the store itself, while nothing serves.
 */
export const verb: Verb = {
  usage: 'FILE|- [--json]',
  options: {},
  async run({ config, terminal, words }) {
    const [path] = words;
    if (path === undefined) return usage(terminal, `yunheng province import ${verb.usage}`);
    const content = readInput(terminal, path);
    if (content === null) return exit.usage;
    const province = readProvince(content);
    if (!province.ok) return refuse(terminal, province.error);
    const composition = await compose(config);
    try {
      const done = await seedProvince(composition.deps, systemCall, province.value);
      return conclude(terminal, done, ({ rows }) =>
        terminal.say(translate(terminal.locale, 'cli.provinceImported', { rows })),
      );
    } finally {
      await composition.close();
    }
  },
};
