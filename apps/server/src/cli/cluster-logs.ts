import { clusterLogs } from '@yunheng/local-cluster/logs';
import { translate } from '@yunheng/messages/translate';
import { exit } from './exit.ts';
import { localClusters } from './local-clusters.ts';
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
    const found = localClusters(config.home, [name])[0];
    if (found === undefined) {
      terminal.note(translate(terminal.locale, 'cli.clusterAbsent', { name }));
      return exit.unreadable;
    }
    const all = clusterLogs({ ...found, lines: Number(textOption(invocation, 'lines') ?? 40) });
    const logs = all.filter((log) => member === null || log.member === member);
    if (logs.length === 0 && member !== null) {
      const names = all.map((log) => log.member).join(', ');
      return usage(
        terminal,
        translate(terminal.locale, 'cli.unknownName', { name: member, names }),
      );
    }
    terminal.answer({ logs });
    for (const log of logs) for (const line of log.lines) terminal.say(`${log.member}: ${line}`);
    return logs.length === 0 ? exit.unreadable : exit.ok;
  },
};
