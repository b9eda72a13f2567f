import type { AddressInfo } from 'node:net';
import { streamsPerSession } from '@yunheng/rpc/open-streams';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readEventStream, type StreamMessage } from '../cli/event-stream.ts';
import { smallRequest } from '../testing/content.ts';
import { startTestServer, type Person, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let address: string;
let applicant: Person;
let request: { id: string; version: number };

beforeAll(async () => {
  server = await startTestServer();
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  address = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`; // TCP, as listened above
  applicant = await server.signIn('rsj-applicant');
  const own = (await applicant.query('systems.list', { size: 1 })).value as {
    rows: { id: string }[];
  };
  const sent = await applicant.mutate('requests.submit', {
    id: null,
    version: null,
    content: await smallRequest(applicant, { systemId: own.rows[0]?.id ?? '' }),
    idempotencyKey: 'watch-subject',
  });
  request = sent.value as { id: string; version: number };
}, 60_000);

afterAll(() => server.close());

async function open(person: Person, lastEventId: string | null = null) {
  const stop = new AbortController();
  const input = encodeURIComponent(JSON.stringify({ id: request.id, lastEventId }));
  const response = await fetch(`${address}/trpc/requests.watch?input=${input}`, {
    headers: { cookie: person.cookie, accept: 'text/event-stream' },
    signal: stop.signal,
  });
  if (response.body === null) throw new Error('no stream');
  const messages = readEventStream(response.body);
  return { stop: () => stop.abort(), next: () => nextEvent(messages) };
}

/** The next tracked event; pings and the connection's own messages are passed over. */
async function nextEvent(messages: AsyncGenerator<StreamMessage>): Promise<StreamMessage | null> {
  for (;;) {
    const { value, done } = await messages.next();
    if (done === true) return null;
    if (value.id !== null || value.event === 'serialized-error') return value;
  }
}

const kindOf = (message: StreamMessage | null): string =>
  (JSON.parse(message?.data ?? '{}') as { event?: { kind: string } }).event?.kind ?? '';

describe('watching a request', () => {
  test('shows what has happened, then what happens', async () => {
    const stream = await open(applicant);
    expect(kindOf(await stream.next())).toBe('submitted');
    const head = await server.signIn('rsj-head');
    const detail = (await head.query('requests.get', { id: request.id })).value as {
      digest: string;
      request: { version: number };
    };
    await head.mutate('requests.decide', {
      id: request.id,
      version: detail.request.version,
      digest: detail.digest,
      decision: 'approve',
      opinion: '同意',
    });
    expect(kindOf(await stream.next())).toBe('step_approved');
    stream.stop();
  });

  test('goes on after the last event that the reader has, missing and repeating none', async () => {
    const first = await open(applicant);
    const before = await first.next();
    first.stop();
    const again = await open(applicant, before?.id ?? null);
    expect(kindOf(await again.next())).toBe('step_approved');
    again.stop();
  });

  test('of another department is answered as if it did not exist', async () => {
    const stream = await open(await server.signIn('wjw-applicant'));
    const message = await stream.next();
    expect(message?.data).toContain('access.not_found');
    stream.stop();
  });

  test('ends within a minute of the end of the session', async () => {
    const head = await server.signIn('rsj-head');
    const stream = await open(head);
    await stream.next();
    await stream.next();
    await head.mutate('auth.logout');
    server.clock.advance(60_000);
    const message = await stream.next();
    expect(message?.data).toContain('auth.session_expired');
    stream.stop();
  }, 10_000);

  test('goes on for as many at once as a session may have, and the next one is told how many that is', async () => {
    const streams = await Promise.all(
      Array.from({ length: streamsPerSession }, () => open(applicant)),
    );
    for (const stream of streams) expect(kindOf(await stream.next())).toBe('submitted');
    const refused = await (await open(applicant)).next();
    expect(refused?.data).toContain('rate.streams');
    expect(refused?.data).toContain(`"limit":${streamsPerSession}`);
    const other = await open(await server.signIn('rsj-applicant'));
    expect(kindOf(await other.next())).toBe('submitted');
    other.stop();
    streams[0]?.stop();
    await vi.waitFor(
      async () => {
        const again = await open(applicant);
        try {
          expect(kindOf(await again.next())).toBe('submitted');
        } finally {
          again.stop();
        }
      },
      { timeout: 20_000, interval: 200 },
    );
    for (const stream of streams) stream.stop();
  });
});
