import { walkChain } from '@yunheng/application/audit/walk-chain';
import { ok } from '@yunheng/kernel/result';
import { translate } from '@yunheng/messages/translate';
import { auditVerify } from '@yunheng/rpc/contract/audit';
import { connect, runningServer } from './client.ts';
import { exit } from './exit.ts';
import { inProcess } from './in-process.ts';
import { refuse } from './outcome.ts';
import type { Verb } from './verb.ts';

/** Walks the chain of the audit against the signed heads that are kept outside the database (law S2). */
export const verb: Verb = {
  usage: '[--json]',
  options: {},
  async run(invocation) {
    const { config, terminal } = invocation;
    const sent = { method: 'GET', path: '/audit/verification' } as const;
    const walked =
      runningServer(config.home) === null
        ? ok(await inProcess(invocation, ({ deps }) => walkChain(deps)))
        : await connect(invocation).send(sent, auditVerify.output);
    if (!walked.ok) return refuse(terminal, walked.error);
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
