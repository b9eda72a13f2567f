import { AdapterError } from '@yunheng/kernel/errors';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createBreaker } from './breaker.ts';
import type { Connection } from './connection.ts';
import { createSockets } from './sockets.ts';
import { createTransport, listAll, type Transport } from './transport.ts';
import { watchForever } from './watch.ts';

/** An HTTP server that answers as the test says: what an apiserver does when it is ill. */
type Answer = (response: ServerResponse, url: string, authorization: string) => void;

const open: { server: Server; transport: Transport }[] = [];
afterEach(async () => {
  for (const { server, transport } of open.splice(0)) {
    await transport.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function ill(answers: readonly Answer[]): Promise<{ transport: Transport; calls: string[] }> {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    const answer = answers[Math.min(calls.length, answers.length - 1)];
    calls.push(url);
    answer?.(response, url, request.headers.authorization ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo; // a TCP server's address
  const connection: Connection = {
    server: `http://127.0.0.1:${port}`,
    authority: '',
    tls: async () => ({}),
    authorization: async (fresh) => (fresh ? 'Bearer new' : 'Bearer old'),
  };
  const transport = createTransport('ill', await createSockets(connection));
  open.push({ server, transport });
  return { transport, calls };
}

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
const cut: Answer = (response) => response.destroy();
const ask = { method: 'GET', path: '/api' } as const;
const codeOf = async (act: Promise<unknown>): Promise<string> => {
  const error = await act.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof AdapterError ? error.code : String(error);
};

describe('one call', () => {
  test('a connection that is cut is tried once more', async () => {
    const { transport, calls } = await ill([cut, json(200, { fine: true })]);
    expect((await transport.send<{ fine: boolean }>(ask)).body).toEqual({ fine: true });
    expect(calls).toHaveLength(2);
  });

  test('a server that does not answer in time is unavailable, and not asked twice', async () => {
    const { transport, calls } = await ill([() => undefined]);
    expect(await codeOf(transport.send({ ...ask, deadlineMs: 50 }))).toBe('cluster.unavailable');
    expect(calls).toHaveLength(1);
  });

  test('a busy server is asked again after its pause', async () => {
    const { transport, calls } = await ill([
      json(429, {}, { 'retry-after': '0' }),
      json(200, { fine: true }),
    ]);
    await transport.send(ask);
    expect(calls).toHaveLength(2);
  });

  test('a token that has run out is read again, once', async () => {
    const seen: string[] = [];
    const { transport } = await ill([
      (response, url, authorization) => {
        seen.push(authorization);
        json(authorization === 'Bearer new' ? 200 : 401, {})(response, url, authorization);
      },
    ]);
    await transport.send(ask);
    expect(seen).toEqual(['Bearer old', 'Bearer new']);
  });

  test.each([
    [401, {}, 'cluster.unavailable'],
    [403, { reason: 'Forbidden' }, 'provisioning.refused_by_cluster'],
    [403, { details: { causes: [{ reason: 'NamespaceTerminating' }] } }, 'cluster.conflict'],
    [404, { reason: 'NotFound' }, 'cluster.conflict'],
    [409, { reason: 'Conflict' }, 'cluster.conflict'],
    [422, { reason: 'Invalid', message: 'no such field' }, 'provisioning.refused_by_cluster'],
    [422, { message: "ValidatingAdmissionPolicy 'yunheng-generation' denied" }, 'cluster.conflict'],
    [429, {}, 'cluster.unavailable'],
    [500, {}, 'cluster.unavailable'],
    [503, {}, 'cluster.unavailable'],
  ])('%i %j means %s', async (status, body, code) => {
    const { transport } = await ill([json(status, body)]);
    expect(await codeOf(transport.send(ask))).toBe(code);
  });

  test('truncated JSON is a server that did not answer, not a refusal', async () => {
    const { transport } = await ill([(response) => response.end('{"kind":"Name')]);
    expect(await codeOf(transport.send(ask))).toBe('cluster.unavailable');
  });

  test('absence is null for who asks so', async () => {
    const { transport } = await ill([json(404, { reason: 'NotFound' })]);
    expect(await transport.find(ask)).toBeNull();
  });

  test('a list is read to its last page', async () => {
    const { transport, calls } = await ill([
      json(200, { items: [1, 2], metadata: { continue: 'next', resourceVersion: '7' } }),
      json(200, { items: [3], metadata: { resourceVersion: '7' } }),
    ]);
    expect(await listAll<number>(transport, '/api/list')).toEqual({
      items: [1, 2, 3],
      resourceVersion: '7',
    });
    expect(calls[1]).toContain('continue=next');
  });
});

describe('breaker', () => {
  test('after five failures nobody waits any more until a probe succeeds', async () => {
    let now = 0;
    const breaker = createBreaker({ limit: 5, restMs: 1_000, now: () => now });
    for (let failure = 0; failure < 5; failure++) {
      expect(breaker.admits()).toBe(true);
      breaker.failed();
    }
    expect(breaker.admits()).toBe(false);
    now = 1_000;
    expect([breaker.admits(), breaker.admits()]).toEqual([true, false]);
    breaker.succeeded();
    expect(breaker.admits()).toBe(true);
  });

  test('a refusal is an answer and never opens it', async () => {
    const { transport, calls } = await ill([json(422, {})]);
    for (let call = 0; call < 8; call++) await codeOf(transport.send(ask));
    expect(calls).toHaveLength(8);
  });

  test('a dead server is given up on at once', async () => {
    const { transport, calls } = await ill([json(503, {})]);
    for (let call = 0; call < 12; call++) await codeOf(transport.send(ask));
    expect(calls).toHaveLength(5);
  });
});

describe('watch', () => {
  const item = (name: string, version: string) => ({
    metadata: { name, resourceVersion: version },
  });
  const stream =
    (...events: readonly unknown[]): Answer =>
    (response) => {
      response.writeHead(200);
      response.end(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    };

  test('lists, follows from there, and lists again when its version has expired', async () => {
    const { transport, calls } = await ill([
      json(200, { items: [item('a', '1')], metadata: { resourceVersion: '5' } }),
      stream(
        { type: 'MODIFIED', object: item('a', '6') },
        { type: 'BOOKMARK', object: item('', '7') },
        { type: 'DELETED', object: item('a', '8') },
      ),
      stream({ type: 'ERROR', object: { code: 410 } }),
      json(200, { items: [item('b', '9')], metadata: { resourceVersion: '9' } }),
      () => undefined,
    ]);
    const told: string[] = [];
    const names = (items: readonly ReturnType<typeof item>[]) =>
      items.map((one) => one.metadata.name).join();
    await new Promise<void>((resolve) => {
      const stop = watchForever<ReturnType<typeof item>>(
        transport,
        { path: '/api/v1/things', query: {} },
        {
          replaced(items) {
            told.push(`all ${names(items)}`);
            if (names(items) === 'b') void stop().then(resolve);
          },
          changed: (one) => told.push(`changed ${one.metadata.name}`),
          removed: (one) => told.push(`removed ${one.metadata.name}`),
        },
      );
    });
    expect(told).toEqual(['all a', 'changed a', 'removed a', 'all b']);
    expect(calls[1]).toContain('resourceVersion=5');
    expect(calls[2]).toContain('resourceVersion=8');
  });
});
