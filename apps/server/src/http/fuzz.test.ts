import { procedureNames, type ProcedureName } from '@yunheng/domain/identity/policy';
import { appRouter } from '@yunheng/rpc/router';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ask,
  startTestServer,
  type Answer,
  type Person,
  type TestServer,
} from '../testing/test-server.ts';

/** Whatever is sent, by whomever: a refusal in the product's own words, never a failure of the server. */
let server: TestServer;
let people: readonly Person[];

beforeAll(async () => {
  server = await startTestServer();
  const roles = [
    'rsj-applicant',
    'rsj-head',
    'operator',
    'security-admin',
    'auditor',
    'audit-admin',
  ];
  people = await Promise.all(roles.map((username) => server.signIn(username)));
}, 60_000);

afterAll(() => server.close());

const elsewhere: readonly ProcedureName[] = ['ops.queues', 'requests.watch', 'auth.logout'];
/** Each call of these judges a password, which takes its time on purpose. */
const slow: readonly ProcedureName[] = [
  'auth.login',
  'auth.changePassword',
  'users.create',
  'users.resetPassword',
];
const names = procedureNames.filter((name) => !elsewhere.includes(name) && !slow.includes(name));

const writes = (name: ProcedureName): boolean => {
  const built: unknown = Object.entries(appRouter._def.procedures).find(
    ([path]) => path === name,
  )?.[1];
  return (built as { _def: { type: string } })._def.type === 'mutation'; // kept at runtime only
};

const nasty = [
  '',
  '\u0000',
  '\ud800',
  'x'.repeat(70_000),
  "'; drop table users; --",
  '../../etc/passwd',
  '%',
  '__proto__',
  '\u202e\u200b',
  -1,
  0,
  0.5,
  1e308,
  Number.MAX_SAFE_INTEGER,
  2 ** 31,
  null,
  true,
  [],
  {},
];

const fields = [
  'id',
  'version',
  'content',
  'page',
  'size',
  'search',
  'state',
  'from',
  'to',
  'asOf',
  'account',
  'departmentId',
  'poolId',
  'allocationId',
  'minutes',
  'ids',
  'roles',
  'name',
  'scopes',
  'days',
  'decision',
  'digest',
  'opinion',
  'reason',
  'idempotencyKey',
  'kind',
  'lines',
  'scope',
  'sort',
  'constructor',
];

const value = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<unknown>(...nasty) },
  fc.jsonValue({ maxDepth: 2 }),
);
const input = fc.oneof(
  { weight: 4, arbitrary: fc.dictionary(fc.constantFrom(...fields), value, { maxKeys: 8 }) },
  value,
);

function expectOwnWords(answer: Answer): void {
  expect(answer.status).toBeLessThan(500);
  if (answer.status === 200) return;
  expect(answer.error?.code).toMatch(/^[a-z]+\.[a-z_]+$/u);
  expect(answer.text).not.toMatch(/\bat .*\.ts|SQLITE|node_modules|ZodError/u);
}

describe.each(names)('%s', (name) => {
  test('answers anything in its own words', async () => {
    await fc.assert(
      fc.asyncProperty(input, fc.nat(5), async (sent, who) => {
        const person = people[who];
        if (person === undefined) return;
        // Too long for an address: then nothing of the product is asked.
        if (!writes(name) && JSON.stringify(sent).length > 8_000) return;
        expectOwnWords(
          writes(name) ? await person.mutate(name, sent) : await person.query(name, sent),
        );
      }),
      { numRuns: 25 },
    );
  });
});

describe('a well-formed input with one wrong field', () => {
  const line = {
    itemVersionId: 'cat_x',
    resource: 'cpu',
    cloudNodeId: 'cn_x',
    arch: 'x86-64',
    poolClass: 'general',
    amount: 1000,
  };
  const content = {
    kind: 'new',
    systemId: 'sys_x',
    environment: 'prod',
    allocationId: null,
    reason: 'r',
    lines: [line],
  };
  const complete: readonly [ProcedureName, Record<string, unknown>][] = [
    ['requests.submit', { id: null, version: null, content, idempotencyKey: 'fuzz-key-1' }],
    ['requests.saveDraft', { id: null, version: null, content }],
    ['requests.preview', content],
    [
      'requests.decide',
      { id: 'qr_x', version: 1, digest: 'd', decision: 'approve', opinion: '', moves: [] },
    ],
    ['requests.list', { page: 1, size: 10 }],
    ['audit.list', { page: 1, size: 10, from: 0 }],
    ['systems.list', { page: 1, size: 10 }],
    ['ledger.account', { account: 'quota/x/free' }],
    [
      'users.setRoles',
      { id: 'usr_x', version: 1, roles: [{ role: 'finance', departmentId: null }] },
    ],
  ];

  const senders: Partial<Record<ProcedureName, number>> = {
    'requests.decide': 1,
    'users.setRoles': 3,
    'audit.list': 4,
  };

  test.each(complete)(
    'of %s is answered in its own words',
    { timeout: 20_000 },
    async (name, whole) => {
      for (const person of people.filter((_, index) => index === (senders[name] ?? 0))) {
        for (const path of pathsOf(whole)) {
          const answers = await Promise.all(
            nasty
              .filter((bad) => writes(name) || JSON.stringify(bad).length < 8_000)
              .map((bad) => {
                const sent = replaced(whole, path, bad);
                return writes(name) ? person.mutate(name, sent) : person.query(name, sent);
              }),
          );
          for (const answer of answers) expectOwnWords(answer);
        }
      }
    },
  );

  test('a line with a fraction, a negative or an overflowing amount names the line', async () => {
    const [applicant] = people;
    for (const amount of [-1, 0.5, 2 ** 60]) {
      const sent = replaced(content, ['lines', '0', 'amount'], amount);
      const answer = await applicant?.query('requests.preview', sent);
      if (answer === undefined) throw new Error('no applicant');
      expectOwnWords(answer);
    }
  });
});

describe('prototypes', () => {
  test.each([
    '{"__proto__":{"admin":true},"ids":[]}',
    '{"constructor":{"prototype":{"admin":true}},"ids":[]}',
  ])('stay what they are: %s', async (payload) => {
    const [person] = people;
    if (person === undefined) throw new Error('nobody');
    const response = await server.app.inject({
      method: 'POST',
      url: '/trpc/notices.markRead',
      headers: {
        host: 'localhost',
        'content-type': 'application/json',
        cookie: person.cookie,
        'x-yunheng-csrf': person.csrfToken,
      },
      payload,
    });
    expect(response.statusCode).toBe(400);
    expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false);
  });
});

describe('an id of another tenant', () => {
  test('is answered exactly like one that does not exist', async () => {
    const stranger = await server.signIn('wjw-applicant');
    const own = await server.signIn('rsj-applicant');
    const systems = (await own.query('systems.list', { size: 1 })).value as {
      rows: { id: string; department: { id: string } }[];
    };
    const [system] = systems.rows;
    if (system === undefined) throw new Error('no system');
    const pairs: readonly [ProcedureName, unknown, unknown][] = [
      ['systems.get', { id: system.id }, { id: 'sys_none' }],
      ['departments.home', { departmentId: system.department.id }, { departmentId: 'dep_none' }],
      ['requests.preview', aboutSystem(system.id), aboutSystem('sys_none')],
      [
        'ledger.account',
        { account: `quota/${system.department.id}/free` },
        { account: 'quota/dep_none/free' },
      ],
    ];
    for (const [name, foreign, missing] of pairs) {
      const answers = await Promise.all([
        stranger.query(name, foreign),
        stranger.query(name, missing),
      ]);
      const [left, right] = answers.map(({ status, text, error }) => [
        status,
        text.replace(error?.requestId ?? '-', ''),
      ]);
      expect(left).toEqual(right);
    }
  });
});

const aboutSystem = (systemId: string) => ({
  kind: 'new',
  systemId,
  environment: 'prod',
  allocationId: null,
  reason: '',
  lines: [],
});

function pathsOf(whole: unknown, above: readonly string[] = []): string[][] {
  if (typeof whole !== 'object' || whole === null) return [[...above]];
  return Object.entries(whole).flatMap(([name, member]) => [
    [...above, name],
    ...pathsOf(member, [...above, name]),
  ]);
}

function replaced(whole: unknown, path: readonly string[], bad: unknown): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return bad;
  if (Array.isArray(whole))
    return whole.map((member, index) =>
      String(index) === head ? replaced(member, rest, bad) : member,
    );
  const record = whole as Record<string, unknown>; // a path leads through objects only
  return { ...record, [head]: replaced(record[head], rest, bad) };
}

test('an anonymous caller who guesses learns nothing but that signing in is needed', async () => {
  for (const name of names) {
    const answer = await ask(server.app, {
      procedure: name,
      input: { id: 'x' },
      write: writes(name),
    });
    expectOwnWords(answer);
  }
});
