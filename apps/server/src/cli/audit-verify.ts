import { ok } from '@yunheng/kernel/result';
import { translate } from '@yunheng/messages/translate';
import { auditVerify } from '@yunheng/rpc/contract/audit';
import { connect, runningServer } from './client.ts';
import { exit } from './exit.ts';
import { unchecked } from './outcome.ts';
import type { Invocation, Verb } from './verb.ts';

/** Walks the chain of the audit against the signed heads that are kept outside the database (law S2). */
export const verb: Verb = {
  usage: '[--json]',
  options: {},
  async run(invocation) {
    const { config, terminal } = invocation;
    const sent = { method: 'GET', path: '/audit/verification' } as const;
    const walked =
      runningServer(config.home) === null
        ? ok(await withoutServer(invocation))
        : await connect(invocation).send(sent, auditVerify.output);
    if (!walked.ok) return unchecked(terminal, walked.error);
    const { firstBad, entries, heads, unsealed } = walked.value;
    terminal.answer(walked.value);
    const text =
      firstBad === null
        ? translate(terminal.locale, 'cli.chainOk', { entries, heads, unsealed })
        : translate(terminal.locale, 'cli.chainBad', {
            what: firstBad.what,
            seq: firstBad.seq ?? firstBad.id,
          });
    terminal.say(text);
    return walked.value.ok ? exit.ok : exit.finding;
  },
};

/** Loaded only where it is needed: with a server the verb is a small client. */
async function withoutServer(invocation: Invocation) {
  const [{ inProcess }, { walkChain }] = await Promise.all([
    import('./in-process.ts'),
    import('@yunheng/application/audit/walk-chain'),
  ]);
  return inProcess(invocation, ({ deps }) => walkChain(deps));
}
