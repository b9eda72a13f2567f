import { approved, submit } from '@yunheng/testkit/carry-request';
import { openOffice, type Office } from '@yunheng/testkit/office';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { capacityOverview } from './capacity-overview.ts';
import { departmentHome } from './department-home.ts';
import { listCatalog } from './list-catalog.ts';
import { listDepartments } from './list-departments.ts';
import { listSystems } from './list-systems.ts';
import { offers } from './offers.ts';
import { poolDetail } from './pool-detail.ts';
import { systemDetail } from './system-detail.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  const amounts = { cpu: 8000, memory: 32_768 };
  await approved(office, { kind: 'new', system: 'rsj/jyfw', amounts });
  await office.settle();
  await submit(office, { kind: 'new', system: 'wjw/jyfw', amounts: { cpu: 4000 } });
});
afterAll(() => office.close());

type Answer<T> = { ok: true; value: T } | { ok: false; error: { code: string } };
const valueOf = <T>(answer: Answer<T>): T => {
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
};
const page = { sort: 'cpu', page: 1, size: 50 } as const;
const department = (code: string) => office.names.departments.get(code)?.id ?? '';
const system = (name: string) => office.names.systems.get(name)?.id ?? '';
const poolId = async () => {
  const { pools } = valueOf(
    await capacityOverview(office.deps, office.as('operator'), { scope: 'all' }),
  );
  return pools.find(({ pool }) => pool.code === 'sheng-x86-general')?.pool.id ?? '';
};

describe('capacity', () => {
  test('of each pool is supply = allocated + held + free, by resource', async () => {
    const operator = office.as('operator');
    const { pools, holds } = valueOf(
      await capacityOverview(office.deps, operator, { scope: 'all' }),
    );
    expect(pools).toHaveLength(4);
    for (const cell of pools.flatMap((view) => view.cells))
      expect(cell.supply).toBe(cell.allocated + cell.held + cell.free);
    const cpu = pools
      .find(({ pool }) => pool.code === 'sheng-x86-general')
      ?.cells.find(({ resource }) => resource === 'cpu');
    expect(cpu).toEqual({
      resource: 'cpu',
      supply: 300_000,
      allocated: 8000,
      held: 4000,
      free: 288_000,
    });
    expect(holds).toEqual({ count: 1, expiringSoon: 0 });
  });

  test('of one tier shows the pools of that tier', async () => {
    const answer = await capacityOverview(office.deps, office.as('rsj-head'), { scope: 'edge' });
    expect(valueOf(answer).pools.map(({ pool }) => pool.code)).toEqual(['sgby-arm-general']);
  });

  test('of one pool names its holders to operators, and to a department only its own', async () => {
    const input = { poolId: await poolId() };
    const all = valueOf(await poolDetail(office.deps, office.as('operator'), input));
    expect(all.holders.map((row) => `${row.kind} ${row.resource} ${row.amount}`)).toEqual([
      'held cpu 4000',
      'allocated memory 32768',
      'allocated cpu 8000',
    ]);
    expect(all.othersSummary).toEqual([]);
    expect(all.workers).toBe(1);
    const own = valueOf(await poolDetail(office.deps, office.as('rsj-head'), input));
    expect(own.holders.map((row) => row.label)).toEqual(['yh-rsj-jyfw-prod', 'yh-rsj-jyfw-prod']);
    expect(own.othersSummary).toMatchObject([
      { kind: 'held', resource: 'cpu', count: 1, amount: 4000 },
    ]);
    expect(own.othersSummary[0]?.earliestExpiry).toBeGreaterThan(office.clock.business());
  });

  test('as an offer is what is free in each node, architecture and class', async () => {
    const { nodes } = valueOf(await offers(office.deps, office.as('rsj-applicant')));
    const sheng = nodes.find((node) => node.code === 'sheng');
    expect(sheng?.offers).toMatchObject([
      { arch: 'arm64', poolClass: 'npu', free: { npu: 8 } },
      { arch: 'x86-64', poolClass: 'general', free: { cpu: 288_000 } },
    ]);
  });
});

describe('a department', () => {
  test('sees at home what it is entitled to, what is promised of it, and what waits', async () => {
    const input = { departmentId: department('rsj') };
    const home = valueOf(await departmentHome(office.deps, office.as('rsj-applicant'), input));
    expect(home.quota.find(({ resource }) => resource === 'cpu')).toEqual({
      resource: 'cpu',
      entitled: 400_000,
      allocated: 8000,
      held: 0,
      free: 392_000,
      floor: 0,
    });
    expect(home.counts).toMatchObject({ systems: 2, environments: 1, provisioning: 0 });
    expect(home.recent.map((row) => row.state)).toEqual(['fulfilled']);
    expect(home.open).toEqual([]);
    expect(home.biggest[0]).toMatchObject({ code: 'jyfw', environments: ['prod'] });
  });

  test('gets the same answer for another department as for one that does not exist', async () => {
    const applicant = office.as('rsj-applicant');
    const foreign = { departmentId: department('wjw') };
    const unknown = { departmentId: 'dep_unknown' };
    expect(await departmentHome(office.deps, applicant, foreign)).toEqual(
      await departmentHome(office.deps, applicant, unknown),
    );
  });

  test('lists its own name, while the province lists all', async () => {
    const own = valueOf(await listDepartments(office.deps, office.as('rsj-head')));
    expect(own.map(({ code }) => code)).toEqual(['rsj']);
    const all = valueOf(await listDepartments(office.deps, office.as('security-admin')));
    expect(all).toHaveLength(4);
  });
});

describe('systems', () => {
  test('are those of the reader, biggest first', async () => {
    const all = valueOf(await listSystems(office.deps, office.as('operator'), page));
    expect(all.total).toBe(8);
    expect(all.rows[0]).toMatchObject({ code: 'jyfw', allocated: { cpu: 8000, memory: 32_768 } });
    const own = valueOf(await listSystems(office.deps, office.as('wjw-head'), page));
    expect(own.rows.map((row) => `${row.code} ${row.openRequests}`)).toEqual(['jyfw 1', 'sbxx 0']);
  });

  test('are found by name or code, where a wildcard is a letter like any other', async () => {
    const found = async (search: string) =>
      valueOf(await listSystems(office.deps, office.as('operator'), { ...page, search })).total;
    expect([await found('JYFW'), await found('%'), await found('rsj sb')]).toEqual([4, 0, 1]);
  });

  test('one by one show environments, requests and grants', async () => {
    const input = { id: system('rsj/jyfw') };
    const detail = valueOf(await systemDetail(office.deps, office.as('rsj-applicant'), input));
    expect(detail.allocations).toMatchObject([
      { namespace: 'yh-rsj-jyfw-prod', state: 'active', cluster: 'sheng', used: null },
    ]);
    expect(detail.requests).toMatchObject([{ kind: 'new', state: 'fulfilled' }]);
    expect(detail.grants).toMatchObject([{ amounts: { cpu: 8000 }, effectiveTo: null }]);
    const { clusters } = office;
    const seen = await systemDetail(
      { ...office.deps, clusters },
      office.as('rsj-applicant'),
      input,
    );
    expect(valueOf(seen).allocations[0]?.used).toEqual({});
  });

  test('stay readable while their cluster does not answer: use is then unknown, not zero', async () => {
    const input = { id: system('rsj/jyfw') };
    const clusters = { of: () => null };
    const seen = await systemDetail(
      { ...office.deps, clusters },
      office.as('rsj-applicant'),
      input,
    );
    expect(valueOf(seen).allocations[0]?.used).toBeNull();
  });

  test('of another department are not there', async () => {
    const input = { id: system('wjw/jyfw') };
    expect(await systemDetail(office.deps, office.as('rsj-applicant'), input)).toMatchObject({
      ok: false,
      error: { code: 'access.not_found' },
    });
  });
});

test('the catalogue lists the items in force, by resource', async () => {
  const items = valueOf(await listCatalog(office.deps, office.as('rsj-applicant')));
  expect(items.map(({ resource }) => resource)).toEqual([
    'cpu',
    'cpu',
    'memory',
    'storage',
    'npu',
    'database',
  ]);
});
