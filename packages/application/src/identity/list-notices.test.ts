import { openOffice, type Office } from '@yunheng/testkit/office';
import type { PersonName } from '@yunheng/testkit/people';
import { decided, done, submitted } from '@yunheng/testkit/request-desk';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listNotices } from './list-notices.ts';

let office: Office;
let id: string;
beforeEach(async () => {
  office = await openOffice();
  id = await submitted(office, { kind: 'new', system: 'rsj/jyfw', amounts: { cpu: 4000 } });
});
afterEach(() => office.close());

async function notices(who: PersonName) {
  const rows = done(await listNotices(office.deps, office.as(who)));
  return rows.map(({ code, standing, params }) => [code, standing, params['number']]);
}

const number = '配申〔2026〕1 号';

test('a request that waits says its number, and waits no more for whoever has decided, for all of one seat', async () => {
  expect(await notices('rsj-head')).toEqual([['request_waits', 'waits', number]]);
  done(await decided(office, 'rsj-head', { id }));
  expect(await notices('rsj-head')).toEqual([['request_waits', 'done', number]]);
  expect(await notices('operator')).toEqual([['request_waits', 'waits', number]]);
  const back = { id, decision: 'return', opinion: '补充压测报告' } as const;
  done(await decided(office, 'operator', back));
  for (const who of ['operator', 'operator-approver'] as const)
    expect(await notices(who)).toEqual([['request_waits', 'done', number]]);
  expect(await notices('rsj-applicant')).toContainEqual(['request_returned', 'waits', number]);
});
