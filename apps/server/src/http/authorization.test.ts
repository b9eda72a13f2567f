import { may, policy, procedureNames, type ProcedureName } from '@yunheng/domain/identity/policy';
import type { Actor } from '@yunheng/domain/identity/roles';
import { auditPage } from '@yunheng/db/queries/audit';
import { systemsPage } from '@yunheng/db/queries/estate';
import { wholeProvince } from '@yunheng/db/scope';
import { resolveActor } from '@yunheng/application/identity/resolve-actor';
import { identities } from '@yunheng/fixtures-guangdong/identities';
import { appRouter } from '@yunheng/rpc/router';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smallRequest } from '../testing/content.ts';
import {
  ask,
  startTestServer,
  type Answer,
  type Person,
  type TestServer,
} from '../testing/test-server.ts';

/** Every procedure × every role × a subject of the first department: the outcome is the one of the table (law S4). */
let server: TestServer;
const people = new Map<string, { person: Person; actor: Actor }>();
let subjects: Awaited<ReturnType<typeof makeSubjects>>;

const owner = 'rsj-applicant';
const usernames = identities.map(({ username }) => username);
/** Answered before the ladder, over HTTP only, or as a stream; each has a test of its own. */
const elsewhere: readonly ProcedureName[] = ['ops.queues', 'requests.watch'];
const procedures = procedureNames.filter((name) => !elsewhere.includes(name));

beforeAll(async () => {
  server = await startTestServer();
  for (const username of usernames) {
    const person = await server.signIn(username);
    const cookieSecret = person.cookie.split('=')[1] ?? '';
    const resolved = await resolveActor(server.deps, { cookieSecret, bearer: null });
    if (!resolved.ok || resolved.value === null) throw new Error(username);
    people.set(username, { person, actor: resolved.value.actor });
  }
  subjects = await makeSubjects();
}, 60_000);

afterAll(() => server.close());

async function makeSubjects() {
  const applicant = personOf(owner);
  const me = await server.deps.store.read
    .select()
    .from(server.store.tables.departments)
    .then((rows) => rows.find(({ code }) => code === 'rsj'));
  if (me === undefined) throw new Error('no department');
  const filter = { departmentId: me.id, sort: 'code', page: 1, size: 1 } as const;
  const { rows } = await systemsPage(server.store, wholeProvince, filter);
  const system = rows[0];
  if (system === undefined) throw new Error('no system');
  const content = {
    kind: 'new',
    systemId: system.id,
    environment: 'test',
    allocationId: null,
    reason: '',
    lines: [],
  };
  const draft = await applicant.mutate('requests.saveDraft', { id: null, version: null, content });
  const token = await applicant.mutate('tokens.create', { name: 'ci', scopes: ['read'], days: 1 });
  const sent = await applicant.mutate('requests.submit', {
    id: null,
    version: null,
    content: await smallRequest(applicant, { systemId: system.id }),
    idempotencyKey: 'matrix-subject',
  });
  const { id: sentId } = sent.value as { id: string };
  const { id: requestId } = draft.value as { id: string };
  const { id: tokenId } = token.value as { id: string };
  return {
    departmentId: me.id,
    tenantId: me.tenantId,
    systemId: system.id,
    content,
    requestId,
    sentId,
    tokenId,
  };
}

function personOf(username: string): Person {
  const found = people.get(username);
  if (found === undefined) throw new Error(username);
  return found.person;
}

/** Complete input about the subject. A version that never was keeps a permitted call from changing anything. */
function inputOf(name: ProcedureName): unknown {
  const { departmentId, systemId, content, requestId, sentId, tokenId } = subjects;
  const stale = { id: requestId, version: 2_000_000 };
  const inputs: Partial<Record<ProcedureName, unknown>> = {
    'auth.login': { username: 'nobody-there', password: 'x' },
    'auth.changePassword': { current: 'x', next: 'y' },
    'notices.markRead': { ids: [] },
    'estate.pool': { poolId: 'pool_none' },
    'departments.home': { departmentId },
    'systems.get': { id: systemId },
    'requests.get': { id: sentId },
    'requests.preview': content,
    'requests.saveDraft': { ...stale, content },
    'requests.discardDraft': stale,
    'requests.submit': { ...stale, content, idempotencyKey: 'matrix-key' },
    'requests.withdraw': { ...stale, reason: '' },
    'requests.decide': { ...stale, id: sentId, digest: 'x', decision: 'return', opinion: 'x' },
    'requests.retry': stale,
    'requests.restore': { ...stale, id: sentId, reason: '' },
    'access.kubeconfig': { allocationId: 'alc_none' },
    'ledger.account': { account: `quota/${departmentId}/free` },
    'users.create': { username: 'Not A Name', displayName: '', roles: [] },
    'users.setRoles': { id: 'usr_none', version: 1, roles: [] },
    'users.setState': { id: 'usr_none', version: 1, state: 'active' },
    'users.resetPassword': { id: 'usr_none' },
    'tokens.create': { name: '', scopes: [], days: 0 },
    'tokens.revoke': { id: tokenId },
  };
  return inputs[name] ?? {};
}

/** Procedures whose subject is always the caller's own. */
const aboutOneself: readonly ProcedureName[] = ['tokens.list', 'tokens.create', 'notices.markRead'];
/** Named by an id that does not exist here: nobody finds it, whatever the table says. */
const subjectless: readonly ProcedureName[] = [
  'estate.pool',
  'access.kubeconfig',
  'users.setRoles',
  'users.setState',
  'users.resetPassword',
];

function factsOf(name: ProcedureName, actor: Actor) {
  const { departmentId, tenantId } = subjects;
  const ownerId = aboutOneself.includes(name)
    ? actor.userId
    : (people.get(owner)?.actor.userId ?? null);
  return { departmentId, tenantId, ownerId };
}

const procedureTypes = appRouter._def.procedures;
const writes = (name: ProcedureName): boolean => {
  const built: unknown = Object.entries(procedureTypes).find(([path]) => path === name)?.[1];
  return (built as { _def: { type: string } })._def.type === 'mutation'; // kept at runtime only
};

async function refusalsOf({ userId }: Actor): Promise<number> {
  const filter = { actor: userId, outcome: 'refused', page: 1, size: 1 } as const;
  return (await auditPage(server.store, wholeProvince, filter)).total;
}

/** Law S1: each refusal to a known person has one entry. A figure that no reading can have refuses nothing. */
const isRecorded = (name: ProcedureName, { error }: Answer): boolean =>
  error !== null && name !== 'auth.login' && (writes(name) || error.kind !== 'invalid');

describe('the policy table', () => {
  test('has a procedure for every row, and the router has none without', () => {
    const built = Object.keys(procedureTypes);
    const rows = procedureNames.filter((name) => name !== 'ops.queues');
    expect(built.toSorted()).toEqual([...rows].toSorted());
  });

  test('covers every role of the product in the demo', () => {
    const roles = new Set(identities.map(({ role }) => role));
    expect(roles.size).toBe(10);
  });
});

describe.each(procedures)('%s', (name) => {
  test('an anonymous caller gets what the table says', async () => {
    const answer = await ask(server.app, {
      procedure: name,
      input: inputOf(name),
      write: writes(name),
    });
    if (policy[name].relation === 'anyone') expect(answer.error?.code).not.toBe('auth.required');
    else expect(answer.error?.code).toBe('auth.required');
  });

  // Signing out ends the session that the other cases need.
  test.each(name === 'auth.logout' ? [] : usernames)(
    '%s gets what the table says',
    async (username) => {
      const entry = people.get(username);
      if (entry === undefined) throw new Error(username);
      const { person, actor } = entry;
      const verdict = may(actor, name, factsOf(name, actor));
      const before = await refusalsOf(actor);
      const answer = writes(name)
        ? await person.mutate(name, inputOf(name))
        : await person.query(name, inputOf(name));
      const code = answer.error?.code ?? null;
      expect(answer.status).toBeLessThan(500);
      expect((await refusalsOf(actor)) - before).toBe(isRecorded(name, answer) ? 1 : 0);
      if (!verdict.allowed) expect(code).toBe(verdict.code);
      else if (!subjectless.includes(name)) {
        expect([
          'access.forbidden',
          'access.not_found',
          'auth.required',
          'auth.scope',
        ]).not.toContain(code);
      }
    },
  );
});
