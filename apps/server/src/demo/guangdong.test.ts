import { capacityTotals } from '@yunheng/db/queries/capacity';
import { openSqlite } from '@yunheng/db/sqlite/open';
import { declareSupply } from '@yunheng/application/estate/declare-supply';
import { openStanding } from '@yunheng/application/estate/open-standing';
import { seedProvince } from '@yunheng/application/estate/seed-province';
import { systemCall } from '@yunheng/application/identity/system-call';
import { checkPolicy, type ApprovalPolicy } from '@yunheng/domain/approval/policy';
import { checkItemBody, type ItemBody } from '@yunheng/domain/catalog/item';
import { countedIds } from '@yunheng/testkit/counted-ids';
import { drivenClock } from '@yunheng/testkit/driven-clock';
import { expect, test } from 'vitest';
import { declaredPools, mapGuangdong, standingAllocations } from './guangdong.ts';

test('the documents of the fixture are what the product may publish', () => {
  const { documents } = mapGuangdong({ graceDays: 0 });
  const wrong = documents.flatMap(({ kind, body }) => {
    if (kind === 'policy') return checkPolicy(body as ApprovalPolicy);
    return kind === 'catalog_item' ? checkItemBody(body as ItemBody) : [];
  });
  expect(wrong).toEqual([]);
});

test('the whole province is taken over: nothing is refused, three quarters of the cpu are promised', async () => {
  const ids = countedIds();
  const store = await openSqlite(':memory:', { ids });
  const deps = { store, ids, clock: drivenClock() };
  await seedProvince(deps, systemCall, mapGuangdong({ graceDays: null }));
  await declareSupply(deps, systemCall, declaredPools());
  const rows = standingAllocations();
  const people = { applicantId: 'usr_a', deciderIds: ['usr_b', 'usr_c'] };
  const opened = await openStanding(deps, systemCall, { rows, ...people });
  expect(opened).toEqual({ ok: true, value: { opened: rows.length, refused: 0 } });
  const cpu = (await capacityTotals(store, null)).filter((row) => row.commodity.endsWith(':cpu'));
  const at = (stage: string) =>
    cpu.filter((row) => row.stage === stage).reduce((sum, row) => sum + row.balance, 0);
  expect(at('held') / -at('supply')).toBeGreaterThan(0.7);
  expect(at('held') / -at('supply')).toBeLessThan(0.8);
  await store.close();
});
