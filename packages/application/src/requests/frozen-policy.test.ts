import { documentsInForce } from '@yunheng/db/queries/catalog';
import { sm3Hex } from '@yunheng/db/sm3';
import type { ApprovalPolicy } from '@yunheng/domain/approval/policy';
import { canonicalJson } from '@yunheng/kernel/canonical';
import { read, type Wish } from '@yunheng/testkit/carry-request';
import { openOffice, type Office } from '@yunheng/testkit/office';
import { decided, done, submitted } from '@yunheng/testkit/request-desk';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { auditOf } from '../audit-of.ts';
import { lookAtChains } from '../audit/verify/approval-laws.ts';
import { systemCall } from '../identity/system-call.ts';
import { getRequest } from './get-request.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const wish: Wish = { kind: 'new', system: 'rsj/jyfw', amounts: { cpu: 4000 } };

/** The authority publishes the next version of the policy: the operator's step is theirs from now on. */
async function publish(body: ApprovalPolicy): Promise<void> {
  const { store, ids, clock } = office.deps;
  const [row] = await documentsInForce(store, 'policy', clock.business());
  if (row === undefined) throw new Error('a policy is in force');
  const id = ids.next('policy');
  const version = {
    ...row,
    id,
    body,
    revision: row.revision + 1,
    digest: sm3Hex(canonicalJson(body)),
    effectiveFrom: clock.business(),
  };
  const subject = { subjectKind: 'policy', subjectId: id, tenantId: null };
  await store.commit({
    audit: auditOf(office.deps, systemCall, { action: 'test.publish', ...subject }),
    inserts: [{ table: 'versionedDocuments', row: version }],
  });
}

const next: ApprovalPolicy = {
  steps: [
    { code: 'head', roles: ['head'], workingDays: 5 },
    { code: 'authority', roles: ['authority'], workingDays: 7 },
    { code: 'operator', roles: ['operator'], workingDays: 9 },
  ],
  holdWorkingDays: 1,
  openHoldPermille: 1000,
  graceDays: 0,
  provisioningDays: 1,
};

test('a request is decided under the policy of its submission, whatever is published meanwhile (A1)', async () => {
  const old = await submitted(office, wish);
  office.clock.advance(3_600_000);
  await publish(next);
  const fresh = await submitted(office, { ...wish, environment: 'test' });
  const stepsOf = async (id: string) => {
    const { steps, policy } = done(await getRequest(office.deps, office.as('operator'), { id }));
    return { revision: policy?.revision, steps: steps.map(({ code }) => code) };
  };
  expect(await stepsOf(old)).toEqual({ revision: 1, steps: ['head', 'operator'] });
  expect(await stepsOf(fresh)).toEqual({ revision: 2, steps: ['head', 'authority', 'operator'] });

  done(await decided(office, 'rsj-head', { id: old }));
  // Two working days, not nine; and a hold of ten, not of one.
  expect((await read(office, old)).dueAt).toBe(Date.UTC(2026, 10, 27, 16));
  const holds = await office.deps.store.read.select().from(office.deps.store.tables.holds);
  const ends = new Map(holds.map(({ requestId, expiresAt }) => [requestId, expiresAt]));
  expect(ends.get(old)).toBe(Date.UTC(2026, 11, 9, 16));
  expect(ends.get(fresh)).toBe(Date.UTC(2026, 10, 26, 16));
  expect(done(await decided(office, 'operator', { id: old })).state).toBe('approved');

  for (const who of ['rsj-head', 'authority'] as const)
    expect(done(await decided(office, who, { id: fresh })).state).toBe('in_review');
  expect(done(await decided(office, 'operator', { id: fresh })).state).toBe('approved');
  expect((await lookAtChains(office.deps.store)).findings).toEqual([]);
});
