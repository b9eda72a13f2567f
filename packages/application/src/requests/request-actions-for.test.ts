import { requestActionNames, type RequestAction } from '@yunheng/domain/quota/request-actions';
import { tasksOf } from '@yunheng/db/queries/requests';
import type { Row } from '@yunheng/db/store';
import { approved, contentOf, read, type Wish } from '@yunheng/testkit/carry-request';
import { openOffice, type Office } from '@yunheng/testkit/office';
import { addPerson } from '@yunheng/testkit/people';
import { decided, done, linesNow, poolNamed, submitted } from '@yunheng/testkit/request-desk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Call, Deps } from '../deps.ts';
import { issueKubeconfig } from '../provisioning/issue-kubeconfig.ts';
import { restoreRelease } from '../provisioning/restore-release.ts';
import { retryTask } from '../provisioning/retry-task.ts';
import { decideRequest } from './decide.ts';
import { discardDraft, saveDraft } from './drafts.ts';
import { getRequest } from './get-request.ts';
import { submitRequest } from './submit.ts';
import { withdrawRequest } from './withdraw.ts';

/** One request in each state, carried there by the people whose work it is. */
const standings = {
  draft: async () => {
    const draft = { id: null, version: null, content: contentOf(office, wishFor('draft')) };
    return done(await saveDraft(office.deps, office.as('rsj-applicant'), draft)).id;
  },
  'with the head': () => submitted(office, wishFor('with the head')),
  'with the operator': () => withOperator('with the operator'),
  returned: () => ended('returned', 'return'),
  rejected: () => ended('rejected', 'reject'),
  withdrawn: async () => {
    const id = await submitted(office, wishFor('withdrawn'));
    const act = { id, version: (await read(office, id)).version, reason: '试' };
    done(await withdrawRequest(office.deps, office.as('rsj-applicant'), act));
    return id;
  },
  fulfilled: async () => {
    const { id } = await approved(office, wishFor('fulfilled'));
    await office.settle();
    return id;
  },
  failed: async () => {
    office.sheng.world.createNamespace(`yh-rsj-${codes.get('failed') ?? ''}-prod`);
    const { id } = await approved(office, wishFor('failed'));
    await office.settle();
    return id;
  },
  'a change with the operator': async () => {
    const { id } = await approved(office, wishFor('changed'));
    await office.settle();
    const { allocationId } = done(await getRequest(office.deps, office.as('operator'), { id }));
    const change = {
      kind: 'change',
      allocationId: allocationId ?? '',
      amounts: { cpu: 2000 },
    } as const;
    const changeId = await submitted(office, { ...wishFor('changed'), ...change });
    done(await decided(office, 'rsj-head', { id: changeId }));
    return changeId;
  },
  'a release in its grace days': async () => {
    const { id } = await approved(office, wishFor('released'));
    await office.settle(60_000);
    const { allocationId } = done(await getRequest(office.deps, office.as('operator'), { id }));
    const release = { kind: 'release', allocationId: allocationId ?? '', amounts: {} } as const;
    const releaseId = (await approved(office, { ...wishFor('released'), ...release })).id;
    await office.settle(60_000);
    return releaseId;
  },
  // The last one: whatever settles after it would carry it out.
  approved: async () => (await approved(office, wishFor('approved'))).id,
} as const satisfies Record<string, () => Promise<string>>;

type Standing = keyof typeof standings;
const standingNames = Object.keys(standings) as readonly Standing[]; // keys of a closed object

const codes = new Map(
  [...standingNames, 'changed', 'released'].map((name, index) => [name, `s${index}`] as const),
);
const wishFor = (name: string): Wish => ({
  kind: 'new',
  system: `rsj/${codes.get(name) ?? ''}`,
  amounts: { cpu: 1000 },
});

let office: Office;
const people = new Map<string, Call>();
const requests = new Map<Standing, string>();

beforeAll(async () => {
  office = await openOffice({ systems: [...codes.values()], graceDays: 7 });
  const add = async (name: string, ...seats: Parameters<typeof addPerson>[1]['seats']) =>
    people.set(name, await addPerson(office.deps, { name, seats }, office.names.departments));
  await add('colleague', { role: 'applicant', department: 'rsj' });
  await add('applicant and head', ...both);
  await add('finance', { role: 'finance', department: null });
  await add('head and operator', both[1], { role: 'operator', department: null });
  for (const name of ['rsj-applicant', 'rsj-head', 'wjw-head', 'operator', 'auditor'] as const)
    people.set(name, office.as(name));
  for (const name of ['operator-approver', 'authority', 'security-admin'] as const)
    people.set(name, office.as(name));
  const token = office.as('rsj-applicant');
  people.set('a token that may read', {
    ...token,
    actor: { ...token.actor, via: 'token', scopes: ['read'] },
  });
  for (const name of standingNames) requests.set(name, await standings[name]());
});
afterAll(() => office.close());

const both = [
  { role: 'applicant', department: 'rsj' },
  { role: 'head', department: 'rsj' },
] as const;

async function withOperator(name: string): Promise<string> {
  const id = await submitted(office, wishFor(name));
  done(await decided(office, 'rsj-head', { id }));
  return id;
}

async function ended(name: string, decision: 'return' | 'reject'): Promise<string> {
  const id = await submitted(office, wishFor(name));
  done(await decided(office, 'rsj-head', { id, decision, opinion: '试' }));
  return id;
}

/** Everything is judged as it is, and nothing is written: the same request can be tried by everybody. */
const tried = (deps: Deps): Deps => ({
  ...deps,
  store: {
    ...deps.store,
    commit: async () => ({ kind: 'done', number: null, replayed: false, subjectId: null }),
    refuse: async () => undefined,
  },
});

async function attempt(action: RequestAction, call: Call, id: string) {
  const deps = tried(office.deps);
  const row = await read(office, id);
  const { version, content } = row;
  const opinion = '试';
  const decision = { id, version, digest: row.digest ?? '', decision: 'approve', opinion } as const;
  switch (action) {
    case 'edit':
      return saveDraft(deps, call, { id, version, content });
    case 'submit':
      return submitRequest(deps, call, { id, version, content, idempotencyKey: `try-${id}` });
    case 'discard':
      return discardDraft(deps, call, { id, version });
    case 'withdraw':
      return withdrawRequest(deps, call, { id, version, reason: '' });
    case 'decide':
      return decideRequest(deps, call, { ...decision, moves: [] });
    case 'move': {
      const [line] = await linesNow(office, id);
      const moves = [
        { lineId: line?.id ?? '', poolId: (await poolNamed(office, 'gz-x86-general')).id },
      ];
      return decideRequest(deps, call, { ...decision, moves });
    }
    case 'retry':
      return retryTask(deps, call, { id, version });
    case 'restore':
      return restoreRelease(deps, call, { id, version, reason: '试' });
    case 'kubeconfig':
      return kubeconfigOf(deps, call, row);
  }
}

async function kubeconfigOf(deps: Deps, call: Call, row: Row<'quotaRequests'>) {
  const [task] = await tasksOf(deps.store, row.id);
  const asked = { allocationId: task?.allocationId ?? row.allocationId ?? '', minutes: 10 };
  return issueKubeconfig({ ...deps, clusters: office.clusters }, call, asked);
}

/** Late deciders hear who was first, and access is a matter of the allocation: the page of its last request offers it. */
const saysTheSame = (action: RequestAction, of: { said: string | null; did: string }): boolean =>
  of.said === 'request.wrong_state' &&
  (of.did === 'approval.already_decided' || action === 'kubeconfig');

test('each standing is what its name says', async () => {
  const states = await Promise.all(
    standingNames.map(async (name) => (await read(office, requests.get(name) ?? '')).state),
  );
  expect(states).toEqual([
    'draft',
    'in_review',
    'in_review',
    'returned',
    'rejected',
    'withdrawn',
    'fulfilled',
    'failed',
    'in_review',
    'approved',
    'approved',
  ]);
});

test.each(standingNames)('what the page offers is what happens: %s', async (name) => {
  const id = requests.get(name) ?? '';
  const differences: string[] = [];
  let offered = 0;
  for (const [person, call] of people) {
    const detail = await getRequest(office.deps, call, { id });
    if (!detail.ok) {
      expect(['access.not_found', 'access.forbidden', 'auth.scope']).toContain(detail.error.code);
      continue;
    }
    for (const action of requestActionNames) {
      const { allowed, reason } = detail.value.actions[action];
      const outcome = await attempt(action, call, id);
      const said = allowed ? 'yes' : reason;
      const did = outcome.ok ? 'yes' : outcome.error.code;
      if (allowed) offered += 1;
      if (said !== did && !saysTheSame(action, { said, did }))
        differences.push(`${person} ${action}: offers ${said}, answers ${did}`);
    }
  }
  expect(differences).toEqual([]);
  if (!['rejected', 'withdrawn', 'approved'].includes(name)) expect(offered).toBeGreaterThan(0);
});
