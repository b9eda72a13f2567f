import { findUser } from '@yunheng/db/queries/identity';
import type { Row } from '@yunheng/db/store';
import type {
  AccessGrant,
  AccessToken,
  Cluster,
  Clusters,
} from '@yunheng/domain/provisioning/cluster';
import { revocationRules } from '@yunheng/domain/provisioning/revocation';
import { invariant } from '@yunheng/kernel/invariant';
import { approved } from '@yunheng/testkit/carry-request';
import { identityDeps } from '@yunheng/testkit/identity-deps';
import { openOffice, type Office } from '@yunheng/testkit/office';
import { addPerson, type PersonName } from '@yunheng/testkit/people';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Call } from '../deps.ts';
import { changePassword } from '../identity/change-password.ts';
import { resetPassword } from '../identity/reset-password.ts';
import { setRoles } from '../identity/set-roles.ts';
import { setUserState } from '../identity/set-user-state.ts';
import { issueKubeconfig } from './issue-kubeconfig.ts';
import { repairAccess } from './repair-access.ts';
import { runRevocation } from './run-revocation.ts';
import { sweepDue } from './sweep-due.ts';
import { sweepProjection } from './sweep-projection.ts';

let office: Office;
let allocations: readonly Row<'allocations'>[];
beforeEach(async () => {
  office = await openOffice();
  for (const system of ['rsj/jyfw', 'wjw/jyfw'] as const)
    await approved(office, { kind: 'new', system, amounts: { cpu: 1000, memory: 1024 } });
  await office.settle();
  const { store } = office.deps;
  allocations = await store.read.select().from(store.tables.allocations);
});
afterEach(() => office.close());

const allocationOf = (code: string): Row<'allocations'> => {
  const department = office.names.departments.get(code);
  const found = allocations.find((one) => one.departmentId === department?.id);
  invariant(found !== undefined, `a namespace of ${code}`);
  return found;
};
const admits = (token: string) =>
  office.sheng.world.admits(token) || office.shi.world.admits(token);
const revocations = () =>
  office.deps.store.read.select().from(office.deps.store.tables.accessRevocations);
const noticesOf = async (person: PersonName) => {
  const { notices } = office.deps.store.tables;
  const rows = await office.deps.store.read.select().from(notices);
  const { userId } = office.as(person).actor;
  return rows.filter((row) => row.userId === userId && row.code === 'access_not_revoked');
};

/** The kubeconfig's token, as whoever was signed in at this moment. */
async function ask(call: Call, department = 'rsj', clusters: Clusters = office.clusters) {
  const user = await findUser(office.deps.store, call.actor.userId);
  const seen = { ...call, actor: { ...call.actor, seenVersion: user?.version ?? 0 } };
  return issueKubeconfig({ ...office.deps, clusters }, seen, {
    allocationId: allocationOf(department).id,
    minutes: 60,
  });
}
const tokenIn = (text: string): string =>
  /token: "(?<token>[^"]+)"/.exec(text)?.groups?.['token'] ?? '';
async function tokenOf(call: Call, department = 'rsj'): Promise<string> {
  const issued = await ask(call, department);
  if (!issued.ok) throw new Error(issued.error.code);
  return tokenIn(issued.value.kubeconfig);
}

const versionOf = async (id: string) => (await findUser(office.deps.store, id))?.version ?? 0;
const admin = () => office.as('security-admin');
const acts = {
  disable: async (id: string) =>
    setUserState(identityDeps(office.deps), admin(), {
      id,
      version: await versionOf(id),
      state: 'disabled',
    }),
  password: (id: string) => resetPassword(identityDeps(office.deps), admin(), { id }),
  'own password': (id: string) => changeOwn(id),
  roles: async (id: string) =>
    setRoles(identityDeps(office.deps), admin(), { id, version: await versionOf(id), roles: [] }),
} as const;

/** People of the office have no password yet: here everybody's is `current`. */
async function changeOwn(id: string) {
  const deps = identityDeps(office.deps);
  const verifyPassword = async (password: string) => password === 'current';
  const call = office.as('rsj-applicant');
  return changePassword(
    { ...deps, secrets: { ...deps.secrets, verifyPassword } },
    { ...call, actor: { ...call.actor, userId: id } },
    { current: 'current', next: 'Cloudy-Morning-7', sessionId: null },
  );
}

type Act = keyof typeof acts;
const actNames = Object.keys(acts) as Act[]; // keys of a closed object

describe.each(actNames)('access after: %s', (act) => {
  test('is gone with everything that was handed out, and nobody else loses theirs', async () => {
    const person = office.as('rsj-applicant');
    const [own, colleague] = [await tokenOf(person), await tokenOf(office.as('rsj-head'))];
    expect(await acts[act](person.actor.userId)).toMatchObject({ ok: true });
    // The intent is in the same commit as the act: it is there before anybody has done anything about it.
    expect(await revocations()).toMatchObject([{ state: 'queued', ownerRole: 'operator' }]);
    await office.settle();
    expect(await revocations()).toMatchObject([{ state: 'done', attempts: 0 }]);
    expect([admits(own), admits(colleague)]).toEqual([false, true]);
    expect((await sweepProjection(office.deps, office.clusters)).findings).toEqual([]);
  });

  test('does not come back with a right that is given again before the work was done', async () => {
    const person = office.as('rsj-applicant');
    const { userId: id, grants: roles } = person.actor;
    const before = await tokenOf(person);
    await acts[act](id);
    const again = { id, version: await versionOf(id) };
    if (act === 'disable')
      await setUserState(identityDeps(office.deps), admin(), { ...again, state: 'active' });
    if (act === 'roles') await setRoles(identityDeps(office.deps), admin(), { ...again, roles });
    const after = await tokenOf(person);
    expect([admits(before), admits(after)]).toEqual([false, true]);
    await office.settle();
    await repairAccess(office.deps, office.clusters);
    expect(admits(after)).toBe(true);
  });

  test('is not handed out to a call that began before', async () => {
    const person = office.as('rsj-applicant');
    const seenVersion = await versionOf(person.actor.userId);
    await acts[act](person.actor.userId);
    const late = { ...person, actor: { ...person.actor, seenVersion } };
    const issued = await issueKubeconfig({ ...office.deps, clusters: office.clusters }, late, {
      allocationId: allocationOf('rsj').id,
      minutes: 10,
    });
    expect(issued).toMatchObject({ ok: false, error: { code: 'auth.session_expired' } });
    expect(await office.sheng.listAccess(null)).toEqual([]);
  });
});

describe('roles', () => {
  test('that go in one department leave the other alone', async () => {
    const seats = [
      { role: 'applicant', department: 'rsj' },
      { role: 'head', department: 'wjw' },
    ] as const;
    const person = await addPerson(office.deps, { name: 'both', seats }, office.names.departments);
    const [rsj, wjw] = [await tokenOf(person), await tokenOf(person, 'wjw')];
    const { userId: id, grants } = person.actor;
    const roles = grants.filter(({ role }) => role === 'head');
    await setRoles(identityDeps(office.deps), admin(), { id, version: await versionOf(id), roles });
    await office.settle();
    expect([admits(rsj), admits(wjw)]).toEqual([false, true]);
  });

  test('that never allowed access leave nothing to do', async () => {
    for (const act of actNames) await acts[act](office.as('auditor').actor.userId);
    expect(await revocations()).toEqual([]);
  });
});

/** The clusters of the office, with something that happens around one grant. */
function around(moment: 'before' | 'after', happens: () => Promise<unknown>): Clusters {
  let left = 1;
  const once = async (now: 'before' | 'after') => {
    if (now === moment && left-- > 0) await happens();
  };
  const grantAccess = async (cluster: Cluster, grant: AccessGrant): Promise<AccessToken> => {
    await once('before');
    const access = await cluster.grantAccess(grant);
    await once('after');
    return access;
  };
  return {
    of: (name) => {
      const cluster = office.clusters.of(name);
      return cluster && { ...cluster, grantAccess: (grant) => grantAccess(cluster, grant) };
    },
  };
}

describe('a kubeconfig that is issued meanwhile', () => {
  test('never survives, whatever comes first', async () => {
    const person = office.as('rsj-applicant');
    const { userId: id, grants: roles } = person.actor;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...actNames),
        fc.constantFrom('before' as const, 'after' as const),
        fc.boolean(),
        fc.boolean(),
        async (act, moment, workedOff, hadOne) => {
          const earlier = hadOne ? await tokenOf(person) : null;
          const meanwhile = around(moment, async () => {
            await acts[act](id);
            if (workedOff) await office.settle();
          });
          const issued = await ask(person, 'rsj', meanwhile);
          await office.settle();
          expect(issued).toMatchObject({ ok: false, error: { code: 'auth.session_expired' } });
          expect(earlier !== null && admits(earlier)).toBe(false);
          const standing = await Promise.all([
            office.sheng.listAccess(id),
            office.shi.listAccess(id),
          ]);
          expect(standing.flat()).toEqual([]);
          // Everything back for the next run; a right that is there again works.
          const again = async () => ({ id, version: await versionOf(id) });
          await setUserState(identityDeps(office.deps), admin(), {
            ...(await again()),
            state: 'active',
          });
          await setRoles(identityDeps(office.deps), admin(), { ...(await again()), roles });
          expect(admits(await tokenOf(person))).toBe(true);
        },
      ),
      { numRuns: 16 },
    );
  });

  test('by a worker that died before it answered is taken away by the reconciler', async () => {
    const person = office.as('rsj-applicant');
    const died = around('after', () => Promise.reject(new Error('killed')));
    await expect(ask(person, 'rsj', died)).rejects.toThrow('killed');
    await office.deps.store.commit({
      audit: entry,
      updates: [setting('suspended')],
    });
    expect(await repairAccess(office.deps, office.clusters)).toMatchObject([
      { personId: person.actor.userId },
    ]);
    expect(await office.sheng.listAccess(null)).toEqual([]);
  });

  const setting = (state: 'suspended') => {
    const { id: key, version } = allocationOf('rsj');
    return { table: 'allocations', key, version, set: { state } } as const;
  };
});

const entry = {
  actorId: 'system',
  actorName: 'system',
  via: 'system',
  source: 'system',
  httpRequestId: '',
  action: 'test',
  subjectKind: 'test',
  subjectId: 'test',
  tenantId: null,
  detail: {},
  at: 0,
} as const;

describe('trouble', () => {
  test('a cluster that is away costs no attempt; past the deadline people are told, once', async () => {
    const person = office.as('rsj-applicant');
    const token = await tokenOf(person);
    office.sheng.faults.down = true;
    await acts.disable(person.actor.userId);
    await office.settle(60_000);
    expect(await revocations()).toMatchObject([
      { state: 'waiting_cluster', attempts: 0, errorCode: 'cluster.unavailable' },
    ]);
    office.clock.advance(revocationRules.deadlineMs);
    expect(await sweepDue(office.deps, office.clusters)).toMatchObject({ overdue: 1 });
    expect(await sweepDue(office.deps, office.clusters)).toEqual({ overdue: 0, rewoken: 0 });
    const [failed] = await revocations();
    expect(failed).toMatchObject({ state: 'failed', errorCode: 'provisioning.deadline' });
    expect(failed?.deadlineAt).toBeGreaterThan(office.clock.business());
    expect(await noticesOf('operator')).toMatchObject([
      { kind: 'act', params: { person: 'rsj-applicant', cluster: 'sheng' } },
    ]);
    expect(await noticesOf('security-admin')).toHaveLength(1);
    // Still away: the reconciler cannot help either, and says nothing new.
    expect(await repairAccess(office.deps, office.clusters)).toEqual([]);
    expect(admits(token)).toBe(true);
    office.sheng.faults.down = false;
    const { findings } = await sweepProjection(office.deps, office.clusters);
    expect(findings).toMatchObject([{ kind: 'access_without_right' }]);
    expect(await repairAccess(office.deps, office.clusters)).toHaveLength(1);
    expect(admits(token)).toBe(false);
    expect(await revocations()).toMatchObject([{ state: 'done' }]);
    expect(await noticesOf('operator')).toHaveLength(1);
  });

  test('what the apiserver refuses five times waits for a person', async () => {
    const person = office.as('rsj-applicant');
    await tokenOf(person);
    await acts.disable(person.actor.userId);
    const [row] = await revocations();
    for (let attempt = 1; attempt <= revocationRules.attempts; attempt++) {
      expect(await revocations()).toMatchObject([{ state: 'queued', attempts: attempt - 1 }]);
      office.sheng.faults.next.push('refused');
      await runRevocation(office.deps, office.clusters, row?.id ?? '');
    }
    expect(await revocations()).toMatchObject([
      { state: 'failed', errorCode: 'provisioning.refused_by_cluster' },
    ]);
    expect(await runRevocation(office.deps, office.clusters, row?.id ?? '')).toBe('resting');
  });

  test('two workers at once, and a second run, are harmless', async () => {
    const person = office.as('rsj-applicant');
    await tokenOf(person);
    await acts.disable(person.actor.userId);
    const [row] = await revocations();
    const id = row?.id ?? '';
    const run = () => runRevocation(office.deps, office.clusters, id);
    expect((await Promise.all([run(), run()])).toSorted()).toEqual(['passed', 'taken_over']);
    expect(await run()).toBe('resting');
    expect(await revocations()).toMatchObject([{ state: 'done', attempts: 0 }]);
  });

  test('a worker killed before or after it takes an account away leaves what the next one completes', async () => {
    const person = office.as('rsj-applicant');
    const token = await tokenOf(person);
    await acts.disable(person.actor.userId);
    const [row] = await revocations();
    const run = () => runRevocation(office.deps, office.clusters, row?.id ?? '');
    for (const moment of ['before', 'after']) {
      office.sheng.faults.onEffect = (now) => {
        if (now === moment) throw new Error('killed');
      };
      await expect(run()).rejects.toThrow('killed');
      expect(await revocations()).toMatchObject([{ state: 'queued', attempts: 0 }]);
      expect(admits(token)).toBe(moment === 'before');
    }
    office.sheng.faults.onEffect = () => undefined;
    // The second one died with its work done: what is left to do is to say so.
    expect(await sweepDue(office.deps, office.clusters)).toEqual({ overdue: 0, rewoken: 0 });
    expect(await run()).toBe('passed');
    expect(await revocations()).toMatchObject([{ state: 'done' }]);
  });

  test('an intent that lost its wake-up gets one', async () => {
    const person = office.as('rsj-applicant');
    const token = await tokenOf(person);
    await acts.disable(person.actor.userId);
    const { outbox } = office.deps.store.tables;
    const rows = await office.deps.store.read.select().from(outbox);
    const wake = rows.find(({ topic }) => topic === 'revoke');
    await office.deps.store.commit({
      audit: entry,
      updates: [
        { table: 'outbox', key: wake?.id ?? '', version: wake?.version ?? 0, set: { doneAt: 1 } },
      ],
    });
    expect(await sweepDue(office.deps, office.clusters)).toMatchObject({ rewoken: 1 });
    await office.settle();
    expect(admits(token)).toBe(false);
  });

  test('an account that nobody has a right to is drift; a namespace that is nobody’s is left alone', async () => {
    const personId = office.as('auditor').actor.userId;
    const plant = (namespace: string) => {
      const account = { namespace, personId, uid: crypto.randomUUID(), epoch: 99 };
      office.sheng.world.namespaces.get(namespace)?.people.set(personId, account);
    };
    plant(allocationOf('rsj').namespace);
    office.sheng.world.createNamespace('yh-somebody');
    plant('yh-somebody');
    const { findings } = await sweepProjection(office.deps, office.clusters);
    expect(findings).toMatchObject([
      { law: 'P2', kind: 'access_without_right', subject: allocationOf('rsj').namespace },
    ]);
    expect(await repairAccess(office.deps, office.clusters)).toHaveLength(1);
    expect(await office.sheng.listAccess(null)).toMatchObject([{ namespace: 'yh-somebody' }]);
    const { auditEntries } = office.deps.store.tables;
    const trail = await office.deps.store.read.select().from(auditEntries);
    expect(trail.filter(({ action }) => action === 'access.repair')).toHaveLength(1);
  });
});
