import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, startTestServer, type Person, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let person: Person;

beforeAll(async () => {
  server = await startTestServer({ province: false });
  person = await server.signIn('operator');
}, 30_000);

afterAll(() => server.close());

const send = (options: InjectOptions) =>
  server.app.inject({ ...options, headers: { host: 'localhost:4600', ...options.headers } });

const write = (headers: Record<string, string>) =>
  ask(server.app, { procedure: 'notices.markRead', input: { ids: [] }, headers, write: true });

describe('a write with a cookie', () => {
  test('needs the token that only a page of this session knows', async () => {
    const { cookie, csrfToken } = person;
    expect((await write({ cookie })).error?.code).toBe('auth.csrf');
    expect((await write({ cookie, 'x-yunheng-csrf': 'x'.repeat(43) })).error?.code).toBe(
      'auth.csrf',
    );
    const other = await server.signIn('finance');
    expect((await write({ cookie, 'x-yunheng-csrf': other.csrfToken })).error?.code).toBe(
      'auth.csrf',
    );
    expect((await write({ cookie, 'x-yunheng-csrf': csrfToken })).status).toBe(200);
  });

  test.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:9999' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('from elsewhere is refused: %o', async (headers) => {
    const { cookie, csrfToken } = person;
    const answer = await write({ ...headers, cookie, 'x-yunheng-csrf': csrfToken } as Record<
      string,
      string
    >);
    expect(answer.error?.code).toBe('auth.origin');
    expect(answer.status).toBe(403);
  });

  test('from a page of this address passes', async () => {
    const { cookie, csrfToken } = person;
    const headers = {
      cookie,
      'x-yunheng-csrf': csrfToken,
      origin: 'http://localhost',
      'sec-fetch-site': 'same-origin',
    };
    expect((await write(headers)).status).toBe(200);
  });

  test('leaves an audit entry when it is refused', async () => {
    await write({ cookie: person.cookie });
    const rows = await server.store.read.select().from(server.store.tables.auditEntries);
    const refused = rows.filter(({ errorCode }) => errorCode === 'auth.csrf');
    expect(refused.at(-1)).toMatchObject({
      actorId: person.userId,
      action: 'notices.markRead',
      outcome: 'refused',
    });
  });
});

describe('every answer', () => {
  test.each([
    '/',
    '/api/docs',
    '/api/v1/auth/me',
    '/trpc/auth.me?input={}',
    '/healthz',
    '/nothing',
    '/%zz',
    `/api/v1/requests/${'x'.repeat(2_000)}`,
  ])('of %s carries the security headers', async (url) => {
    const { headers } = await send({ method: 'GET', url });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  test('to a name that is not ours is a refusal', async () => {
    const answer = await send({
      method: 'GET',
      url: '/healthz',
      headers: { host: 'rebound.example' },
    });
    expect(answer.statusCode).toBe(403);
  });

  test('does not believe a forwarded address', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-host': 'evil.example' };
    await send({ method: 'GET', url: '/api/v1/users', headers });
    await server.deps.refusals.flush({ all: true });
    const rows = await server.store.read.select().from(server.store.tables.auditEntries);
    expect(rows.map(({ source }) => source)).not.toContain('203.0.113.9');
  });
});

describe('a body', () => {
  const login = (payload: string, type = 'application/json') =>
    send({ method: 'POST', url: '/trpc/auth.login', headers: { 'content-type': type }, payload });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'of type %s is not read',
    async (type) => {
      const answer = await login('{}', type);
      expect(answer.statusCode).toBe(415);
      expect(answer.json().error.data.code).toBe('input.unsupported_media');
    },
  );

  test.each(['text/plain', 'text/plain; charset=utf-8', 'application/xml'])(
    'of type %s is refused to programs too, in words that name JSON',
    async (type) => {
      const headers = { 'content-type': type };
      const answer = await send({
        method: 'POST',
        url: '/api/v1/auth/login',
        headers,
        payload: '{}',
      });
      expect(answer.statusCode).toBe(415);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.json()).toMatchObject({ code: 'input.unsupported_media' });
      expect(answer.json().title).toContain('JSON');
    },
  );

  test('of more than 256 kB is not read', async () => {
    const answer = await login(JSON.stringify({ username: 'x'.repeat(256 * 1024), password: 'x' }));
    expect(answer.statusCode).toBe(413);
    expect(answer.json().error.data.code).toBe('input.too_large');
  });

  test('that is no JSON is told so', async () => {
    const answer = await login('{"username":');
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error.data.code).toBe('input.not_json');
  });
});

describe('a batch', () => {
  const batch = (size: number, comma = ',') => {
    const paths = Array.from({ length: size }, () => 'auth.me').join(comma);
    const input = JSON.stringify(
      Object.fromEntries(Array.from({ length: size }, (_, index) => [index, {}])),
    );
    return send({
      method: 'GET',
      url: `/trpc/${paths}?batch=1&input=${encodeURIComponent(input)}`,
    });
  };

  test('of ten calls is answered, of eleven refused', async () => {
    expect((await batch(10)).statusCode).toBe(200);
    const refused = await batch(11);
    expect(refused.statusCode).toBe(400);
    expect(refused.json().error.data.code).toBe('input.batch_too_large');
  });

  test.each(['%2C', '%252C', '%252c'])('is counted through commas written as %s', async (comma) => {
    expect((await batch(10, comma)).statusCode).toBe(200);
    expect((await batch(11, comma)).statusCode).toBe(400);
  });
});

describe('what nobody expected', () => {
  test('reaches its caller as a code and a request id, and nothing else', async () => {
    const secret = 'host=10.1.2.3 password=hunter2';
    const broken = await startTestServer({ province: false });
    const someone = await broken.signIn('operator');
    Object.assign(broken.deps.installation, {
      clusters: async () => {
        throw new Error(secret);
      },
    });
    const rpc = await someone.query('system.status');
    expect(rpc.status).toBe(500);
    expect(rpc.error?.code).toBe('internal.unexpected');
    expect(rpc.error?.requestId).toMatch(/^req_/u);
    const rest = await broken.app.inject({
      url: '/api/v1/system/status',
      headers: { host: 'localhost' },
    });
    expect(rest.statusCode).toBe(500);
    for (const text of [rpc.text, rest.body]) {
      expect(text).not.toContain('hunter2');
      expect(text).not.toContain('stack');
      expect(text).not.toContain('.ts');
    }
    await broken.close();
  });
});

describe('an address that cannot be read', () => {
  test('is answered in the own words of the product, and not repeated', async () => {
    const answer = await send({ method: 'GET', url: '/api/v1/%zz<script>' });
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json().code).toBe('input.unknown_path');
    expect(answer.body).not.toContain('script');
  });
});

describe('a method that its address does not have', () => {
  test.each([
    ['DELETE', '/api/v1/users', 'GET, HEAD, POST'],
    ['POST', '/api/v1/requests/req_1?page=1', 'GET, HEAD'],
    ['GET', '/api/v1/auth/login', 'POST'],
    ['PUT', '/api/openapi.json', 'GET, HEAD'],
    ['POST', '/readyz', 'GET, HEAD'],
    ['PATCH', '/trpc/auth.me', 'GET, POST'],
  ] as const)('is refused with those that it has: %s %s', async (method, url, allowed) => {
    // Whatever the body is: it is not read.
    const headers = method === 'GET' ? {} : { 'content-type': 'text/plain' };
    const answer = await send({ method, url, headers });
    expect(answer.statusCode).toBe(405);
    expect(answer.headers['allow']).toBe(allowed);
    const { error, code = error?.data.code } = answer.json();
    expect(code).toBe('input.method');
  });

  test('is refused to HEAD as well, and to whoever reads with a write', async () => {
    const head = await send({ method: 'HEAD', url: '/trpc/auth.me?input={}' });
    expect([head.statusCode, head.headers['allow']]).toEqual([405, 'GET, POST']);
    const read = await send({ method: 'GET', url: '/trpc/auth.logout' });
    expect([read.statusCode, read.headers['allow']]).toEqual([405, 'POST']);
    expect(read.json().error.data.code).toBe('input.method');
  });

  test('says so in words, and an address that is nobody’s stays unknown', async () => {
    const { title } = (await send({ method: 'DELETE', url: '/api/v1/users' })).json();
    expect(title).toBe('/api/v1/users 不接受 DELETE，可用：GET, HEAD, POST。');
    const nobodys = await send({ method: 'DELETE', url: '/api/v1/nothing' });
    expect([nobodys.statusCode, nobodys.headers['allow']]).toEqual([404, undefined]);
  });
});

describe('probes and pages', () => {
  test('health answers without asking anything; readiness names what is missing', async () => {
    expect((await send({ method: 'GET', url: '/healthz' })).json()).toEqual({ ok: true });
    expect((await send({ method: 'GET', url: '/readyz' })).json()).toEqual({
      ok: true,
      missing: [],
    });
  });

  test('a console that is not built says how to build it', async () => {
    const answer = await send({ method: 'GET', url: '/requests/anything' });
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toContain('npm run build');
  });

  test('metrics are for this machine', async () => {
    const answer = await send({ method: 'GET', url: '/metrics' });
    expect(answer.statusCode).toBe(200);
    for (const name of [
      'yunheng_http_seconds',
      'yunheng_commits_total',
      'yunheng_outbox_age_seconds',
    ]) {
      expect(answer.body).toContain(name);
    }
    const elsewhere = await send({ method: 'GET', url: '/metrics', remoteAddress: '203.0.113.9' });
    expect(elsewhere.statusCode).toBe(401);
  });

  test('the queues are for operators, to read', async () => {
    const headers = { cookie: person.cookie };
    expect((await send({ method: 'GET', url: '/ops/queues', headers })).statusCode).toBe(200);
    expect((await send({ method: 'GET', url: '/ops/queues' })).statusCode).toBe(401);
    const finance = await server.signIn('finance');
    const asFinance = { cookie: finance.cookie };
    expect((await send({ method: 'GET', url: '/ops/queues', headers: asFinance })).statusCode).toBe(
      403,
    );
    const clean = { method: 'PUT', url: '/ops/queues/api/queues/x/clean/failed', headers } as const;
    expect((await send(clean)).statusCode).toBeGreaterThanOrEqual(400);
    const page = await send({ method: 'GET', url: '/ops/queues', headers });
    expect(page.body).not.toContain('googleapis');
  });
});
