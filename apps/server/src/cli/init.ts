import { initSystem } from '@yunheng/application/identity/init-system';
import { translate } from '@yunheng/messages/translate';
import { compose } from '../compose.ts';
import { exit } from './exit.ts';
import type { Verb } from './verb.ts';

export const verb: Verb = {
  usage: '[--json]',
  options: {},
  async run({ config, terminal }) {
    const composition = await compose(config);
    try {
      const made = await initSystem(composition.deps);
      if (!made.ok) {
        terminal.fail(made.error);
        return exit.finding;
      }
      terminal.say(translate(terminal.locale, 'cli.initDone'));
      terminal.table(made.value.map((one) => [one.username, one.oneTimePassword]));
      terminal.answer({ users: made.value });
      return exit.ok;
    } finally {
      await composition.close();
    }
  },
};
