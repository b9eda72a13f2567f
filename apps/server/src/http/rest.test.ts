import { policy, procedureNames } from '@yunheng/domain/identity/policy';
import { appRouter } from '@yunheng/rpc/router';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type Person, type TestServer } from '../testing/test-server.ts';
import { openApiDocument } from './openapi.ts';
import { restRoutes } from './rest-routes.ts';

let server: TestServer;
let person: Person;

beforeAll(async () => {
  server = await startTestServer({ province: false });
  person = await server.signIn('security-admin');
}, 30_000);

afterAll(() => server.close());

const send = (options: InjectOptions) =>
  server.app.inject({
    ...options,
    headers: {
      host: 'localhost',
      cookie: person.cookie,
      'x-yunheng-csrf': person.csrfToken,
      ...options.headers,
    },
  });

describe('the same procedures as plain HTTP', () => {
  test('addresses carry numbers as text, and the schema gets numbers', async () => {
    const answer = await send({ method: 'GET', url: '/api/v1/users?page=2&size=5' });
    expect(answer.json()).toMatchObject({ page: 2, size: 5 });
  });

  test('what is no number stays what it is, and is refused as such', async () => {
    for (const page of ['abc', '', '1e3', 'Infinity', '0x10', '1.5', '-1']) {
      const answer = await send({ method: 'GET', url: `/api/v1/users?page=${page}` });
      expect(answer.statusCode).toBe(400);
      expect(answer.json().issues[0].path).toBe('page');
    }
  });

  test('asking over HTTP does not make the console accept text for numbers', async () => {
    await send({ method: 'GET', url: '/api/v1/users?page=1' });
    const answer = await person.query('users.list', { page: '1' });
    expect(answer.error?.code).toBe('input.invalid');
  });

  test('an id in the path and a body are one input', async () => {
    const { rows } = (await send({ method: 'GET', url: '/api/v1/users?search=finance' })).json();
    const { id, version } = rows[0];
    const payload = { version, state: 'active' };
    const answer = await send({ method: 'PUT', url: `/api/v1/users/${id}/state`, payload });
    expect(answer.json()).toEqual({ ok: true });
  });
});

describe('a problem', () => {
  test.each([
    ['en', 'The sign-in'],
    ['zh-CN', '登录'],
    ['fr, en;q=0.5', ''],
    ['', ''],
  ])('speaks the language of its reader: %s', async (language) => {
    const headers = { 'accept-language': language, cookie: '', 'x-yunheng-csrf': '' };
    const answer = await send({ method: 'GET', url: '/api/v1/users', headers });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    const spoken = language.includes('en') ? 'en' : 'zh-CN';
    expect(answer.headers['content-language']).toBe(spoken);
    expect(/[一-龥]/u.test(answer.json().title)).toBe(spoken === 'zh-CN');
  });

  test('carries every issue with its text', async () => {
    const payload = { username: 'X', displayName: '', roles: [], extra: 1 };
    const answer = await send({ method: 'POST', url: '/api/v1/users', payload });
    const problem = answer.json();
    expect(problem).toMatchObject({
      status: 400,
      code: 'input.invalid',
      kind: 'invalid',
      params: { count: 4 },
    });
    expect(problem.issues.map(({ path }: { path: string }) => path)).toEqual([
      'username',
      'displayName',
      'roles',
      'extra',
    ]);
    for (const issue of problem.issues) expect(issue.title).toMatch(/[一-龥]/u);
  });

  test('of an unknown address names it', async () => {
    const answer = await send({ method: 'GET', url: '/api/v1/nothing' });
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({
      code: 'input.unknown_path',
      params: { path: '/api/v1/nothing' },
    });
  });
});

describe('the OpenAPI document', () => {
  const document = openApiDocument();
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

  test('is 3.1 and has every procedure but streams and pages', () => {
    expect(document.openapi).toBe('3.1.0');
    const described = operations.map(({ operation }) => operation.operationId ?? '').toSorted();
    const expected = procedureNames.filter(
      (name) => !['ops.queues', 'requests.watch'].includes(name),
    );
    expect(described).toEqual([...expected].toSorted());
  });

  test('describes the routes that are served, each once', () => {
    const served = restRoutes(appRouter).map(({ method, url }) => `${method} ${url}`);
    const described = operations.map(
      ({ path, method }) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/gu, ':$1')}`,
    );
    expect(described.toSorted()).toEqual(served.toSorted());
    expect(new Set(served).size).toBe(served.length);
  });

  test('asks for a token where the policy asks for a person', () => {
    for (const { operation } of operations) {
      const name = procedureNames.find((one) => one === operation.operationId);
      const open = name !== undefined && policy[name].relation === 'anyone';
      expect(operation.security === undefined).toBe(open);
    }
  });

  test('names every parameter of its path, answers JSON, and refers to nothing that is not there', () => {
    for (const { path, operation } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name);
      const named = (operation.parameters ?? []) as readonly { in: string; name: string }[];
      expect(named.filter((one) => one.in === 'path').map(({ name }) => name)).toEqual(inPath);
      expect(Object.keys(operation.responses)).toEqual(['200', 'default']);
      expect(operation.summary).toMatch(/^\S.{3,}/u);
    }
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/gu)].map(
      ([, to]) => to,
    );
    expect(new Set(references)).toEqual(new Set(['#/components/schemas/Problem']));
  });

  test('publishes a quantity as a whole number with its bounds, but where a draft may hold any', () => {
    const whole = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
    const submission = placesOf(document.paths['/requests']?.['post']?.requestBody);
    const amounts = submission.filter(({ place }) => place.endsWith('/amount'));
    expect(amounts.map(({ schema }) => schema)).toMatchObject([whole]);
    const loose = operations.flatMap(({ path, method, operation }) =>
      placesOf(operation).flatMap(({ place, schema }) =>
        schema['type'] === 'number' ? [`${method} ${path} ${place.split('/').at(-1)}`] : [],
      ),
    );
    expect(loose.toSorted()).toEqual([
      'get /requests/{id} amount',
      'post /requests/preview amount',
      'put /drafts amount',
    ]);
  });

  test('is served, and its reading page loads nothing from elsewhere', async () => {
    const served = await send({ method: 'GET', url: '/api/openapi.json' });
    expect(served.json()).toEqual(structuredClone(document));
    const page = await send({ method: 'GET', url: '/api/docs' });
    expect(page.body).not.toMatch(/<script|https?:\/\//u);
    for (const { path } of operations) expect(page.body).toContain(path);
  });
});

/** Every object of a document with its place in it. */
function placesOf(
  value: unknown,
  place = '',
): readonly { place: string; schema: Readonly<Record<string, unknown>> }[] {
  if (typeof value !== 'object' || value === null) return [];
  const schema: Readonly<Record<string, unknown>> = { ...value };
  const below = Object.entries(schema).flatMap(([name, inner]) =>
    placesOf(inner, `${place}/${name}`),
  );
  return [{ place, schema }, ...below];
}
