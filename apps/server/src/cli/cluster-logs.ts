import { join } from 'node:path';
import { clusterLogs } from '@yunheng/local-cluster/logs';
import { exit } from './exit.ts';
import { usage } from './outcome.ts';
import { textOption, type Verb } from './verb.ts';

export const verb: Verb = {
  usage: 'NAME [--member MEMBER] [--lines N] [--json]',
  options: { member: { type: 'string' }, lines: { type: 'string' } },
  async run(invocation) {
    const { config, terminal, words } = invocation;
    const [name] = words;
    if (name === undefined) return usage(terminal, `yunheng cluster logs ${verb.usage}`);
    const member = textOption(invocation, 'member');
    const logs = clusterLogs({
      stateDir: join(config.home, 'clusters'),
      name,
      lines: Number(textOption(invocation, 'lines') ?? 40),
      ...(member === null ? {} : { member }),
    });
    terminal.answer({ logs });
    for (const log of logs) for (const line of log.lines) terminal.say(`${log.member}: ${line}`);
    return logs.length === 0 ? exit.unreadable : exit.ok;
  },
};
