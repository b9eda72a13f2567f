import { openOffice, type Office } from '@yunheng/testkit/office';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hostCall, systemCall } from '../identity/system-call.ts';
import { auditOf } from '../audit-of.ts';
import { listAudit } from './list-audit.ts';

let office: Office;
beforeEach(async () => void (office = await openOffice()));
afterEach(() => office.close());

async function found(by?: 'people' | 'system') {
  const page = await listAudit(office.deps, office.as('auditor'), { by, page: 1, size: 200 });
  if (!page.ok) throw new Error(page.error.code);
  return page.value;
}

test('acts of people, those on the host included, are told from what the installation does by itself', async () => {
  const calls = [systemCall, hostCall, office.as('rsj-applicant')];
  for (const call of calls)
    await office.deps.store.commit({
      audit: auditOf(office.deps, call, {
        action: 'test.act',
        subjectKind: 'test',
        subjectId: call.source,
        tenantId: null,
      }),
    });
  const [people, system, all] = [await found('people'), await found('system'), await found()];
  const acted = ({ rows }: typeof all) =>
    rows.filter(({ action }) => action === 'test.act').map(({ source }) => source);
  expect(acted(system)).toEqual([systemCall.source]);
  expect(acted(people)).toEqual([office.as('rsj-applicant').source, hostCall.source]);
  expect(people.total + system.total).toBe(all.total);
});
