import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let port: number;
let hosts: readonly string[];

beforeAll(async () => {
  server = await startTestServer({ province: false });
  await server.app.listen({ host: 'localhost', port: 0 });
  ({ port } = server.app.server.address() as AddressInfo); // TCP, as listened above
  hosts = server.app
    .addresses()
    .flatMap((bound) => (typeof bound === 'string' ? [] : [bound.address]));
}, 30_000);

afterAll(() => server.close());

/** Bytes as no client of HTTP would send them, and everything that came back. */
async function send(bytes: string, host = hosts[0] ?? ''): Promise<string> {
  const socket = connect({ port, host });
  await once(socket, 'connect');
  socket.write(bytes);
  return text(socket);
}

const promised = [
  /content-security-policy: default-src 'none'/iu,
  /x-content-type-options: nosniff/iu,
  /x-frame-options: DENY/iu,
  /referrer-policy: same-origin/iu,
  /cross-origin-opener-policy: same-origin/iu,
  /cache-control: no-store/iu,
];

describe('an answer that no route gives carries what every other carries', () => {
  test.each([
    ['to what is no HTTP', 'HELO there\r\n\r\n', 400],
    ['to headers without end', `GET / HTTP/1.1\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    [
      'to two lengths of one body',
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      400,
    ],
    ['to a request without host', 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    [
      'to an expectation that nobody knows',
      'GET /healthz HTTP/1.1\r\nHost: localhost\r\nExpect: wonders\r\nConnection: close\r\n\r\n',
      200,
    ],
  ])('%s', async (_what, bytes, status) => {
    for (const host of hosts) {
      const answer = await send(bytes, host);
      expect(answer.split('\r\n')[0]).toMatch(new RegExp(`^HTTP/1.1 ${status} `, 'u'));
      for (const header of promised) expect(answer).toMatch(header);
    }
  });

  test('and says in words what is wrong, with a body as long as it says', async () => {
    const [head = '', body = ''] = (await send('HELO there\r\n\r\n')).split('\r\n\r\n');
    expect(JSON.parse(body)).toMatchObject({ code: 'input.not_http', status: 400 });
    expect(JSON.parse(body).title).toContain('HTTP');
    expect(/content-length: (?<length>\d+)/iu.exec(head)?.groups?.['length']).toBe(
      String(Buffer.byteLength(body)),
    );
  });

  test('and the connection ends, also when the other side keeps it open', async () => {
    const socket = connect({ port, host: hosts[0] ?? '', allowHalfOpen: true });
    socket.write('HELO there\r\n\r\n');
    expect(await text(socket)).toContain('input.not_http');
    const open = () =>
      new Promise<number>((resolve) => {
        server.app.server.getConnections((_error, count) => resolve(count));
      });
    await vi.waitFor(async () => expect(await open()).toBe(0), { timeout: 10_000 });
    socket.destroy();
  });

  test('and is counted like every refusal of nobody known', async () => {
    await send('HELO there\r\n\r\n');
    await server.deps.refusals.flush({ all: true });
    const rows = await server.store.read.select().from(server.store.tables.auditEntries);
    expect(rows.some(({ errorCode }) => errorCode === 'input.not_http')).toBe(true);
  });
});
