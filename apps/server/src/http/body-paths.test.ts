import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallRequest } from '../testing/content.ts';
import { startTestServer, type Person, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let person: Person;
let content: Awaited<ReturnType<typeof smallRequest>>;

beforeAll(async () => {
  server = await startTestServer();
  person = await server.signIn('rsj-applicant');
  const systems = (await person.query('systems.list')).value as { rows: { id: string }[] }; // output of systems.list
  content = await smallRequest(person, { systemId: systems.rows[0]?.id ?? '' });
}, 60_000);

afterAll(() => server.close());

async function pathsOf(url: string, payload: object): Promise<readonly string[]> {
  const { cookie, csrfToken } = person;
  const headers = { host: 'localhost', cookie, 'x-yunheng-csrf': csrfToken };
  const answer = await server.app.inject({
    method: 'POST',
    url: `/api/v1${url}`,
    headers,
    payload,
  });
  return answer.json().issues.map(({ path }: { path: string }) => path);
}

const withLine = (over: object) => ({
  ...content,
  lines: content.lines.map((line, index) => (index === 0 ? { ...line, ...over } : line)),
});
const submission = (of: object) => ({
  id: null,
  version: null,
  content: of,
  idempotencyKey: 'body-paths',
});

test('a fault of form and a fault of a rule name one place of the body in one way', async () => {
  const place = ['content.lines.0.amount'];
  expect(await pathsOf('/requests', submission(withLine({ amount: '4' })))).toEqual(place);
  expect(await pathsOf('/requests', submission(withLine({ amount: 1.5 })))).toEqual(place);
});

test('a fault of the body itself keeps its name', async () => {
  const both = { ...submission(withLine({ amount: 1.5 })), version: 3 };
  expect(await pathsOf('/requests', both)).toEqual(['version', 'content.lines.0.amount']);
});

test('where the content is the body itself, both are called after it', async () => {
  const place = ['lines.0.amount'];
  expect(await pathsOf('/requests/preview', withLine({ amount: '4' }))).toEqual(place);
  expect(await pathsOf('/requests/preview', withLine({ amount: 1.5 }))).toEqual(place);
});
