import { capacityTotals } from '@yunheng/db/queries/capacity';
import { pools } from '@yunheng/db/queries/estate';
import { rowCounts } from '@yunheng/db/queries/meta';
import { openSqlite } from '@yunheng/db/sqlite/open';
import { quotaAccounts, quotaCommodity } from '@yunheng/domain/ledger/accounts';
import { countedIds } from '@yunheng/testkit/counted-ids';
import { drivenClock } from '@yunheng/testkit/driven-clock';
import { smallProvince } from '@yunheng/testkit/small-province';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Deps } from '../deps.ts';
import { hostCall } from '../identity/system-call.ts';
import { importProvince } from './import-province.ts';
import { readKnown } from './known-province.ts';
import type { ProvinceInput } from './province.ts';

let deps: Deps;
beforeEach(async () => {
  const ids = countedIds();
  deps = { store: await openSqlite(':memory:', { ids }), clock: drivenClock(), ids };
});
afterEach(() => deps.store.close());

const sm3 = 'f'.repeat(64);

async function imported(province: ProvinceInput, change = false) {
  const done = await importProvince(deps, hostCall, { province, sm3, change });
  if (!done.ok) throw new Error(done.error.code);
  return done.value;
}

/** The small province with the first of some list said otherwise. */
function saying<K extends 'departments' | 'systems' | 'cloudNodes' | 'pools' | 'documents'>(
  list: K,
  over: Partial<ProvinceInput[K][number]>,
): ProvinceInput {
  const input = smallProvince();
  const [first, ...rest] = input[list];
  return { ...input, [list]: [{ ...first, ...over }, ...rest] };
}

const counts = async () => Object.fromEntries(await rowCounts(deps.store));
const entries = async () => deps.store.read.select().from(deps.store.tables.auditEntries);
const entitled = async (code: string) => {
  const known = await readKnown(deps.store);
  return known.entitlements.get(known.departments.get(code)?.id ?? '');
};

describe('a second import that says otherwise what is registered', () => {
  beforeEach(() => imported(smallProvince()));

  test('names every value of every kind at once, stored and given, and changes none of them', async () => {
    const before = await counts();
    const input = smallProvince();
    const [department] = input.departments;
    const [system] = input.systems;
    const [node] = input.cloudNodes;
    const [pool] = input.pools;
    const [policy] = input.documents;
    if (!department || !system || !node || !pool || !policy) throw new Error('one of each');
    const { rows, changed, differences } = await imported({
      ...input,
      departments: [
        { ...department, name: '新名', entitlement: { ...department.entitlement, cpu: 1 } },
        ...input.departments.slice(1),
      ],
      systems: [{ ...system, protectionLevel: 2 }, ...input.systems.slice(1)],
      cloudNodes: [{ ...node, tier: 'edge' }, ...input.cloudNodes.slice(1)],
      pools: [{ ...pool, cluster: 'shi', overcommitPermille: 2000 }, ...input.pools.slice(1)],
      documents: [{ ...policy, clause: '另一条' }, ...input.documents.slice(1)],
    });
    expect([rows, changed]).toEqual([0, 0]);
    expect(differences).toEqual([
      {
        path: 'departments.0.name',
        item: 'rsj',
        stored: 'rsj 测试部门',
        given: '新名',
        remedy: 'none',
      },
      {
        path: 'departments.0.entitlement.cpu',
        item: 'rsj',
        stored: 400_000,
        given: 1,
        remedy: 'ask',
      },
      { path: 'systems.0.protectionLevel', item: 'rsj jyfw', stored: 3, given: 2, remedy: 'none' },
      {
        path: 'cloudNodes.0.tier',
        item: 'sheng',
        stored: 'provincial',
        given: 'edge',
        remedy: 'none',
      },
      { path: 'pools.0.cluster', item: pool.code, stored: 'sheng', given: 'shi', remedy: 'none' },
      {
        path: 'pools.0.overcommitPermille',
        item: pool.code,
        stored: 1500,
        given: 2000,
        remedy: 'ask',
      },
      expect.objectContaining({ path: 'documents.0.clause', remedy: 'new_revision' }),
    ]);
    expect(await counts()).toEqual(before);
  });

  test('finds a version whose body was edited under its old revision, at the very place', async () => {
    const [policy] = smallProvince().documents;
    const body = { ...(policy?.body as object), graceDays: 30 };
    const { differences } = await imported(saying('documents', { body }));
    expect(differences).toMatchObject([
      { path: 'documents.0.body.graceDays', stored: 0, given: 30, remedy: 'new_revision' },
    ]);
  });

  test('registers what is new beside it, a system of a department that the file does not repeat too', async () => {
    const input = saying('departments', { name: '新名' });
    const systems = [{ ...input.systems[0], department: 'gat', code: 'xin' }];
    const grown = {
      ...input,
      departments: input.departments.slice(0, 1),
      systems,
    } as ProvinceInput;
    expect(await imported(grown)).toMatchObject({
      rows: 1,
      differences: [{ path: 'departments.0.name' }],
    });
  });

  test('finds nothing in a resource of zero, nor in the day of a file that brings a department', async () => {
    const input = smallProvince();
    const entitlement = { ...input.departments[0]?.entitlement, gpu: 0 };
    expect((await imported(saying('departments', { entitlement }))).differences).toEqual([]);
    const later = { ...input, effectiveFrom: input.effectiveFrom + 86_400_000 };
    expect((await imported(later)).differences).toMatchObject([{ path: 'effectiveFrom' }]);
    const [first] = input.departments;
    if (first === undefined) throw new Error('it has departments');
    const grown = { ...later, departments: [...input.departments, { ...first, code: 'new' }] };
    expect((await imported(grown)).differences).toEqual([]);
    expect((await imported(grown)).differences).toEqual([]);
  });
});

describe('asked to take over what differs, an import', () => {
  beforeEach(() => imported(smallProvince()));

  test('moves an entitlement by a transfer of its own, as often as it changes', async () => {
    for (const cpu of [500_000, 300_000, 500_000]) {
      const entitlement = { ...smallProvince().departments[0]?.entitlement, cpu };
      const done = await imported(saying('departments', { entitlement }), true);
      expect(done).toEqual({ rows: 0, changed: 1, differences: [] });
      expect(await entitled('rsj')).toMatchObject({ cpu, npu: 8 });
    }
    expect(await entitled('wjw')).toMatchObject({ cpu: 400_000 });
    expect(await counts()).toMatchObject({ ledgerTransfers: 4 + 3 });
  });

  test('never takes back what is held or allocated: the ledger refuses, the figure is listed, others are taken over', async () => {
    const department = (await readKnown(deps.store)).departments.get('rsj');
    const cpu = quotaCommodity('cpu');
    const id = department?.id ?? '';
    await deps.store.commit({
      audit: {
        actorId: 'system',
        actorName: 'system',
        via: 'system',
        source: 'system',
        httpRequestId: '',
        action: 'requests.submit',
        subjectKind: 'request',
        subjectId: 'qr_1',
        tenantId: null,
        detail: {},
        at: deps.clock.business(),
      },
      transfers: [
        {
          id: deps.ids.next('transfer'),
          cause: { kind: 'hold', id: 'qr_1:1:1' },
          effectiveAt: deps.clock.business(),
          entries: [
            { account: quotaAccounts.free(id), commodity: cpu, amount: -399_999 },
            { account: quotaAccounts.held(id, 'line'), commodity: cpu, amount: 399_999 },
          ],
        },
      ],
    });
    const less = { cpu: 399_998 };
    const input = saying('departments', { entitlement: less });
    const asked = { ...input, pools: saying('pools', { overcommitPermille: 1200 }).pools };
    const { changed, differences } = await imported(asked, true);
    expect(changed).toBe(1);
    expect(differences.map(({ path, remedy }) => [path, remedy])).toContainEqual([
      'departments.0.entitlement.cpu',
      'release_first',
    ]);
    expect(await entitled('rsj')).toMatchObject({ cpu: 400_000, npu: 8 });
    expect((await entries()).at(-1)).toBeDefined();
    expect((await entries()).filter(({ outcome }) => outcome === 'refused')).toHaveLength(1);
  });

  test('gives a pool its overcommit and its supply at once, and not below what is promised of it', async () => {
    const known = (await pools(deps.store)).find(({ code }) => code === 'sheng-x86-general');
    if (known === undefined) throw new Error('the small province has it');
    const observed = { cpu: 100_000 };
    const path = `capacity/${known.id}`;
    const commodity = `${known.id}:cpu`;
    const [first] = await entries();
    if (first === undefined) throw new Error('the import has left entries');
    const { actorId, actorName, source, httpRequestId, action, subjectKind, subjectId } = first;
    const who = {
      actorId,
      actorName,
      source,
      httpRequestId,
      via: 'system',
      tenantId: null,
    } as const;
    await deps.store.commit({
      audit: { ...who, action, subjectKind, subjectId, detail: {}, at: deps.clock.business() },
      updates: [{ table: 'pools', key: known.id, version: known.version, set: { observed } }],
      transfers: [
        {
          id: deps.ids.next('transfer'),
          cause: { kind: 'supply', id: `${known.id}:${known.version}` },
          effectiveAt: deps.clock.business(),
          entries: [
            { account: `${path}/supply`, commodity, amount: -150_000 },
            { account: `${path}/free`, commodity, amount: 20_000 },
            { account: `${path}/held/line`, commodity, amount: 130_000 },
          ],
        },
      ],
    });
    const said = (overcommitPermille: number) =>
      imported(saying('pools', { overcommitPermille }), true);
    const free = async () =>
      (await capacityTotals(deps.store, known.id)).find(({ stage }) => stage === 'free')?.balance;
    expect(await said(2000)).toEqual({ rows: 0, changed: 1, differences: [] });
    expect(await free()).toBe(70_000);
    expect(await said(1300)).toMatchObject({ changed: 1 });
    expect(await free()).toBe(0);
    expect(await said(1299)).toMatchObject({
      changed: 0,
      differences: [{ stored: 1300, given: 1299, remedy: 'release_first' }],
    });
    expect(await free()).toBe(0);
  });
});

describe('the audit of an import', () => {
  test('says that it came from the host, of which file and how much of each kind', async () => {
    await imported(smallProvince());
    const written = await entries();
    expect(written.every(({ source, detail }) => source === 'cli' && detail['sm3'] === sm3)).toBe(
      true,
    );
    expect(written.find(({ action }) => action === 'estate.import')?.detail).toEqual({
      departments: 4,
      systems: 8,
      cloudNodes: 3,
      clusters: 2,
      pools: 4,
      documents: 8,
      sm3,
    });
  });

  test('has nothing to say of one that changed nothing', async () => {
    await imported(smallProvince());
    const before = (await entries()).length;
    await imported(saying('departments', { name: '新名' }), true);
    expect((await entries()).length).toBe(before);
  });

  test('says both figures of an entitlement that it changed', async () => {
    await imported(smallProvince());
    const entitlement = { ...smallProvince().departments[0]?.entitlement, cpu: 500_000 };
    await imported(saying('departments', { entitlement }), true);
    const entry = (await entries()).find(({ action }) => action === 'departments.entitle');
    expect(entry?.detail).toEqual({ code: 'rsj', cpu: '400000 → 500000', sm3 });
  });
});
