import { ok } from '@yunheng/kernel/result';
import { translate } from '@yunheng/messages/translate';
import { verify } from '@yunheng/rpc/contract/audit';
import type { z } from 'zod';
import { connect, runningServer } from './client.ts';
import { exit } from './exit.ts';
import { unchecked } from './outcome.ts';
import type { Terminal } from './terminal.ts';
import type { Invocation, Verb } from './verb.ts';

type Verification = z.output<typeof verify.output>;

/** Every sweep law with the number of facts it looked at (design 4): 0 all hold, 1 a finding, 2 something was not read. */
export const verb: Verb = {
  usage: '[--json]',
  options: {},
  async run(invocation) {
    const { config, terminal } = invocation;
    const checked =
      runningServer(config.home) === null
        ? ok(await withoutServer(invocation))
        : await connect(invocation).send({ method: 'GET', path: '/laws' }, verify.output);
    if (!checked.ok) return unchecked(terminal, checked.error);
    terminal.answer(checked.value);
    say(terminal, checked.value);
    if (!checked.value.ok) return exit.finding;
    return checked.value.incomplete ? exit.unreadable : exit.ok;
  },
};

function say(terminal: Terminal, { laws }: Verification): void {
  const { locale } = terminal;
  const word = ({ ok: holds, shownBy }: Verification['laws'][number]) => {
    if (holds === null) return shownBy === null ? 'cli.lawUnread' : 'cli.lawTested';
    return holds ? 'cli.lawHolds' : 'cli.lawBroken';
  };
  const head = (['law', 'result', 'checked'] as const).map((key) =>
    translate(locale, `cli.${key}`),
  );
  const rows = laws.map((law) => [
    law.id,
    translate(locale, word(law)),
    law.shownBy ?? String(law.checked),
  ]);
  terminal.table([head, ...rows]);
  for (const law of laws) for (const finding of law.findings) terminal.say(`${law.id}  ${finding}`);
}

/** Loaded only where it is needed: with a server the verb is a small client. */
async function withoutServer(invocation: Invocation): Promise<Verification> {
  const [{ inProcess }, { verifyLaws }] = await Promise.all([
    import('./in-process.ts'),
    import('@yunheng/application/audit/verify/verify-laws'),
  ]);
  return inProcess(invocation, ({ deps }) => verifyLaws(deps, deps.clusters));
}
