import { translate } from '@yunheng/messages/translate';
import { compose } from '../compose.ts';
import { exit } from './exit.ts';
import type { Verb } from './verb.ts';

/** Forward only, and done by every start as well; alone it is for a window in which nobody is served. */
export const verb: Verb = {
  usage: '[--json]',
  options: {},
  async run({ config, terminal }) {
    const composition = await compose(config);
    await composition.close();
    terminal.answer({ ok: true });
    terminal.say(translate(terminal.locale, 'cli.migrated'));
    return exit.ok;
  },
};
