import { saidText } from '@yunheng/messages/error-text';
import { formatResource } from '@yunheng/messages/format/resource';
import { formatInstant } from '@yunheng/messages/format/time';
import { requestStateWord } from '@yunheng/messages/state-words';
import { dictionaries, translate } from '@yunheng/messages/translate';
import { connect } from './client.ts';
import { findRequest, type Detail } from './find-request.ts';
import { conclude, usage } from './outcome.ts';
import type { Terminal } from './terminal.ts';
import type { Verb } from './verb.ts';

export const verb: Verb = {
  usage: 'ID|NUMBER [--json]',
  options: {},
  async run(invocation) {
    const { terminal, words } = invocation;
    const [name] = words;
    if (name === undefined) return usage(terminal, `yunheng request show ${verb.usage}`);
    const found = await findRequest(connect(invocation), name);
    return conclude(terminal, found, (detail) => show(terminal, detail));
  },
};

function show(terminal: Terminal, detail: Detail): void {
  const { locale } = terminal;
  const { request, lines, steps, events } = detail;
  const state = requestStateWord(dictionaries[locale], request.state, request.kind);
  terminal.say(`${request.number ?? request.id}  ${state}  ${request.system.name}`);
  terminal.table(
    lines.map((line) => [
      `  ${translate(locale, `resources.${line.resource}`)}`,
      `${formatResource(line.resource, line.before, locale)} → ${formatResource(line.resource, line.amount, locale)}`,
      line.pool?.code ?? line.cloudNode.name,
    ]),
  );
  terminal.table(
    steps.map((step) => [
      `  ${saidText(locale, dictionaries[locale], { area: 'steps', code: step.code, params: {} })}`,
      translate(locale, `stepStates.${step.state}`),
      step.decidedBy ?? '',
      step.decidedAt === null ? '' : formatInstant(step.decidedAt),
    ]),
  );
  for (const event of events) sayEvent(terminal, event);
}

export function sayEvent(terminal: Terminal, event: Detail['events'][number]): void {
  const { locale } = terminal;
  const { kind: code, params } = event;
  const text = saidText(locale, dictionaries[locale], { area: 'events', code, params });
  terminal.say(
    `  ${formatInstant(event.at)}  ${text}${event.actor === null ? '' : `  ${event.actor}`}`,
  );
}
