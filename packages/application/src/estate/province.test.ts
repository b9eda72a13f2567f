import { capacityTotals } from '@yunheng/db/queries/capacity';
import { rowCounts } from '@yunheng/db/queries/meta';
import { openSqlite } from '@yunheng/db/sqlite/open';
import type { TableName } from '@yunheng/db/store';
import { countedIds } from '@yunheng/testkit/counted-ids';
import { drivenClock } from '@yunheng/testkit/driven-clock';
import { openOffice, type Office } from '@yunheng/testkit/office';
import { smallCapacity, smallProvince, smallStanding } from '@yunheng/testkit/small-province';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Deps } from '../deps.ts';
import { systemCall } from '../identity/system-call.ts';
import { declareSupply } from './declare-supply.ts';
import { openStanding } from './open-standing.ts';
import { readPoolViews } from './pool-view.ts';
import { seedProvince } from './seed-province.ts';

let deps: Deps;
beforeEach(async () => {
  const ids = countedIds();
  deps = { store: await openSqlite(':memory:', { ids }), clock: drivenClock(), ids };
});
afterEach(() => deps.store.close());

const seeded = () => seedProvince(deps, systemCall, smallProvince());
const counts = async () => Object.fromEntries(await rowCounts(deps.store));
const cellsOf = async (code: string) =>
  (await readPoolViews(deps.store, null)).find((view) => view.pool.code === code)?.cells ?? [];

describe('seeding a province', () => {
  test('writes every node, pool, department, system and document once, with its entitlement', async () => {
    expect(await seeded()).toMatchObject({ ok: true });
    expect(await counts()).toMatchObject({
      departments: 4,
      informationSystems: 8,
      cloudNodes: 3,
      clusters: 2,
      pools: 4,
      versionedDocuments: 8,
      ledgerTransfers: 4,
    } satisfies Partial<Record<TableName, number>>);
  });

  test('a second run changes nothing, not even the audit', async () => {
    await seeded();
    const before = await counts();
    expect(await seeded()).toEqual({ ok: true, value: { rows: 0 } });
    expect(await counts()).toEqual(before);
  });

  test('a document that the rules could not work with is not published', async () => {
    const input = smallProvince();
    const bad = { ...input.documents[0], code: 'bad', body: { steps: [] } };
    const documents = [...input.documents, bad] as typeof input.documents;
    const answer = await seedProvince(deps, systemCall, { ...input, documents });
    expect(answer).toMatchObject({ ok: false, error: { code: 'input.invalid' } });
    expect(await counts()).toMatchObject({ versionedDocuments: 0, departments: 0 });
  });

  test('what points at nothing, or is there twice, is named, all of it at once, and nothing is written', async () => {
    const input = smallProvince();
    const [department] = input.departments;
    const [pool] = input.pools;
    const [system] = input.systems;
    if (!department || !pool || !system) throw new Error('the small province has all of these');
    const answer = await seedProvince(deps, systemCall, {
      ...input,
      departments: [...input.departments, department],
      systems: [...input.systems, { ...system, department: 'nobody' }],
      pools: [...input.pools, { ...pool, code: 'lost', cloudNode: 'moon', cluster: 'mars' }],
    });
    const problems = answer.ok ? [] : (answer.error.issues ?? []);
    expect(problems).toEqual([
      { path: 'departments.4', code: 'input.duplicate', params: { name: department.code } },
      { path: 'systems.8.department', code: 'input.unknown_name', params: { name: 'nobody' } },
      { path: 'pools.4.cloudNode', code: 'input.unknown_name', params: { name: 'moon' } },
      { path: 'pools.4.cluster', code: 'input.unknown_name', params: { name: 'mars' } },
    ]);
    expect(await counts()).toMatchObject({ departments: 0, pools: 0, auditEntries: 0 });
  });

  test('a province that has grown gets what is new and keeps what it had', async () => {
    await seeded();
    const input = smallProvince();
    const [pool] = input.pools;
    if (pool === undefined) throw new Error('the small province has pools');
    const grown = {
      ...input,
      systems: [...input.systems, { ...input.systems[0], code: 'xin' }],
      pools: [...input.pools, { ...pool, code: 'sheng-x86-second' }],
    } as typeof input;
    expect(await seedProvince(deps, systemCall, grown)).toEqual({
      ok: true,
      value: { rows: 2 },
    });
    expect(await counts()).toMatchObject({ informationSystems: 9, pools: 5, departments: 4 });
  });
});

describe('supply by word', () => {
  test('promises cpu beyond the hardware where that is declared, and nothing else', async () => {
    await seeded();
    expect(await declareSupply(deps, systemCall, smallCapacity)).toEqual({
      ok: true,
      value: { pools: 4 },
    });
    const supply = Object.fromEntries(
      (await cellsOf('sheng-x86-general')).map((cell) => [cell.resource, cell.supply]),
    );
    expect(supply).toMatchObject({ cpu: 300_000, memory: 1_048_576, database: 8 });
  });

  test('said twice is said once, and a change of it moves the difference', async () => {
    await seeded();
    await declareSupply(deps, systemCall, smallCapacity);
    expect(await declareSupply(deps, systemCall, smallCapacity)).toMatchObject({
      value: { pools: 0 },
    });
    const more = [{ pool: 'gz-x86-general', capacity: { cpu: 120_000 } }];
    expect(await declareSupply(deps, systemCall, more)).toMatchObject({ value: { pools: 1 } });
    expect(await cellsOf('gz-x86-general')).toMatchObject([{ resource: 'cpu', supply: 120_000 }]);
  });
});

describe('standing allocations', () => {
  const people = { applicantId: 'usr_a', deciderIds: ['usr_b', 'usr_c'] };
  const opening = () => openStanding(deps, systemCall, { rows: smallStanding, ...people });

  test('hold in both books, and wait in the queue as approved requests with numbers of their own', async () => {
    await seeded();
    await declareSupply(deps, systemCall, smallCapacity);
    expect(await opening()).toEqual({ ok: true, value: { opened: 2, refused: 0 } });
    const { quotaRequests, provisioningTasks, ledgerBalances } = deps.store.tables;
    const requests = await deps.store.read.select().from(quotaRequests);
    expect(requests.map((row) => row.state)).toEqual(['approved', 'approved']);
    expect(requests.map((row) => row.number)).toEqual(['配申〔2026〕1 号', '配申〔2026〕2 号']);
    const tasks = await deps.store.read.select().from(provisioningTasks);
    expect(tasks.map((row) => `${row.kind} ${row.state}`)).toEqual(['open queued', 'open queued']);
    const held = (await deps.store.read.select().from(ledgerBalances)).filter(
      (row) => row.stage === 'held' && row.balance > 0,
    );
    expect(held).toHaveLength(14);
  });

  test('are opened once, however often it is asked', async () => {
    await seeded();
    await declareSupply(deps, systemCall, smallCapacity);
    await opening();
    expect(await opening()).toEqual({ ok: true, value: { opened: 0, refused: 0 } });
  });

  test('that the ledger has no room for stay out, and nothing of them is written', async () => {
    await seeded();
    expect(await opening()).toEqual({ ok: true, value: { opened: 0, refused: 2 } });
    expect(await counts()).toMatchObject({ quotaRequests: 0, allocations: 0, outbox: 0, holds: 0 });
  });
});

describe('standing allocations on clusters', () => {
  test('become namespaces and allocations of both books like any other request', async () => {
    const office: Office = await openOffice();
    const operator = office.as('operator').actor.userId;
    const deciderIds = (['operator-approver', 'authority'] as const).map(
      (name) => office.as(name).actor.userId,
    );
    const input = { rows: smallStanding, applicantId: operator, deciderIds };
    await openStanding(office.deps, systemCall, input);
    await office.settle();
    const totals = await capacityTotals(office.deps.store, null);
    const cpu = totals.filter((row) => row.commodity.endsWith(':cpu'));
    const at = (stage: string) =>
      cpu.filter((row) => row.stage === stage).reduce((sum, row) => sum + row.balance, 0);
    expect([at('held'), at('allocated')]).toEqual([0, 48_000]);
    expect([...office.sheng.world.namespaces.keys()]).toEqual(['yh-rsj-sbxx-prod']);
    expect([...office.shi.world.namespaces.keys()]).toEqual(['yh-wjw-sbxx-prod']);
    await office.close();
  });
});
