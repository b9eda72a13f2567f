import { randomUUID } from 'node:crypto';
import type { DomainError } from '@yunheng/kernel/errors';
import { err } from '@yunheng/kernel/result';
import { translate } from '@yunheng/messages/translate';
import { submit } from '@yunheng/rpc/contract/requests';
import { connect } from './client.ts';
import { exit } from './exit.ts';
import { readInput } from './input-file.ts';
import { conclude, usage } from './outcome.ts';
import { textOption, type Verb } from './verb.ts';

/** FILE holds the content as `request show --json` prints it under `content`; `-` reads it from standard input. */
export const verb: Verb = {
  usage: 'FILE|- [--key KEY] [--json]',
  options: { key: { type: 'string' } },
  async run(invocation) {
    const { terminal, words } = invocation;
    const [path] = words;
    if (path === undefined) return usage(terminal, `yunheng request submit ${verb.usage}`);
    const written = readInput(terminal, path);
    if (written === null) return exit.usage;
    const content = parsed(written);
    if (content === undefined) {
      return usage(terminal, translate(terminal.locale, 'cli.notJson', { path }));
    }
    // A script that may run twice names its own key: the second submission is then the first one's answer.
    const idempotencyKey = textOption(invocation, 'key') ?? randomUUID();
    const body = { id: null, version: null, content, idempotencyKey };
    const sent = { method: 'POST', path: '/requests', body } as const;
    const submitted = await connect(invocation).send(sent, submit.output);
    return conclude(
      terminal,
      submitted.ok ? submitted : err(inFile(submitted.error)),
      ({ number }) => terminal.say(translate(terminal.locale, 'cli.submitted', { number })),
    );
  },
};

/** The file is what the body calls its content: places in it are named without. */
const inFile = (error: DomainError): DomainError => {
  const { issues = [] } = error;
  const here = issues.map((issue) => ({ ...issue, path: issue.path.replace(/^content\./u, '') }));
  return { ...error, issues: here };
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Said by the caller, who knows the name of the file.
    return undefined;
  }
}
