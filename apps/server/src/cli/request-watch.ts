import { setTimeout as sleep } from 'node:timers/promises';
import { watch } from '@yunheng/rpc/contract/requests';
import type { z } from 'zod';
import { connect, type Client } from './client.ts';
import { readEventStream } from './event-stream.ts';
import { exit, type ExitCode } from './exit.ts';
import { findRequest } from './find-request.ts';
import { refuse, usage } from './outcome.ts';
import { sayEvent } from './request-show.ts';
import type { Terminal } from './terminal.ts';
import type { Verb } from './verb.ts';

type Watched = z.output<typeof watch.output>;

const ended: readonly Watched['state'][] = ['fulfilled', 'rejected', 'withdrawn', 'failed'];
const patience = 30;

/** Follows a request until it has ended, over broken connections too: 0 when it was fulfilled, 1 when it was not. */
export const verb: Verb = {
  usage: 'ID|NUMBER [--json]',
  options: {},
  async run(invocation) {
    const { terminal, words } = invocation;
    const [name] = words;
    if (name === undefined) return usage(terminal, `yunheng request watch ${verb.usage}`);
    const client = connect(invocation);
    const found = await findRequest(client, name);
    if (!found.ok) return refuse(terminal, found.error);
    return follow(client, terminal, found.value.request.id);
  },
};

async function follow(client: Client, terminal: Terminal, id: string): Promise<ExitCode> {
  let lastEventId: string | null = null;
  let finalEventId: string | null = null;
  for (let misses = 0; misses < patience; misses++) {
    try {
      for await (const seen of events(client, { id, lastEventId })) {
        misses = 0;
        lastEventId = seen.event.id;
        terminal.answer(seen);
        sayEvent(terminal, seen.event);
        if (!ended.includes(seen.state)) continue;
        // The state is the one of now: events before the last one may still be on their way.
        finalEventId ??= await lastEventOf(client, id);
        if (seen.event.id === finalEventId) {
          return seen.state === 'fulfilled' ? exit.ok : exit.finding;
        }
      }
    } catch (error) {
      // A cut connection is what this loop is for; anything else is not.
      if (!(error instanceof TypeError)) throw error;
    }
    await sleep(1_000);
  }
  return exit.unreadable;
}

async function lastEventOf(client: Client, id: string): Promise<string | null> {
  const found = await findRequest(client, id);
  return found.ok ? (found.value.events.at(-1)?.id ?? null) : null;
}

async function* events(
  client: Client,
  input: { id: string; lastEventId: string | null },
): AsyncGenerator<Watched> {
  const query = encodeURIComponent(JSON.stringify(input));
  const response = await fetch(`${client.url}/trpc/requests.watch?input=${query}`, {
    headers: { ...client.headers, accept: 'text/event-stream' },
  });
  if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status}`);
  for await (const message of readEventStream(response.body)) {
    if (message.event === 'message' && message.id !== null) {
      yield watch.output.parse(JSON.parse(message.data));
    }
  }
}
