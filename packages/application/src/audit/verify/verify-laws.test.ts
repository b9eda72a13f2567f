import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '@yunheng/db/sqlite/open';
import { bringToLife } from '@yunheng/testkit/busy-office';
import type { FakeNamespace } from '@yunheng/testkit/fake-namespaces';
import { openOffice, type Office } from '@yunheng/testkit/office';
import { smallCapacity } from '@yunheng/testkit/small-province';
import { tamper } from '@yunheng/testkit/tamper';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyLaws, type Verification } from './verify-laws.ts';

const folder = mkdtempSync(join(tmpdir(), 'yunheng-laws-'));
const namespace = 'yh-rsj-jyfw-prod';

let office: Office;

beforeAll(async () => {
  office = await openOffice({ url: join(folder, 'healthy.db') });
  await bringToLife(office);
  await office.seal();
  tamper(join(folder, 'healthy.db'), `vacuum into '${join(folder, 'copy.db')}'`);
});
afterAll(async () => {
  await office.close();
  rmSync(folder, { recursive: true, force: true });
});

const verify = () => verifyLaws(office.deps, office.clusters);
const broken = ({ laws }: Verification) =>
  new Map(laws.filter((law) => law.ok === false).map((law) => [law.id, law.findings.join('\n')]));

describe('a healthy province', () => {
  test('keeps every sweep law, and each of them has looked at facts', async () => {
    const { laws, ok, incomplete } = await verify();
    const swept = laws.filter((law) => law.shownBy === null);
    expect(swept.filter((law) => law.ok !== true)).toEqual([]);
    expect(swept.filter((law) => law.checked === 0)).toEqual([]);
    expect({ ok, incomplete }).toEqual({ ok: true, incomplete: false });
    expect(laws.map((law) => law.id).join(' ')).toBe(
      'L1 L2 L3 L4 L5 L6 A1 A2 A3 A4 A5 P1 P2 P3 P4 P5 P6 P7 P8 S1 S2 S3 S4 S5',
    );
  });

  test('says of a cluster that is away that its laws are not shown, never that they hold', async () => {
    office.shi.faults.down = true;
    const { laws, ok, incomplete } = await verify();
    office.shi.faults.down = false;
    const unknown = laws.filter((law) => law.ok === null && law.shownBy === null);
    expect(unknown.map((law) => law.id)).toEqual(['L1', 'L6', 'P1', 'P2', 'P3', 'P4']);
    expect(unknown.every((law) => law.reason?.includes('shi'))).toBe(true);
    expect({ ok, incomplete }).toEqual({ ok: true, incomplete: true });
  });

  test('names the tests that show what no sweep can see', async () => {
    const { laws } = await verify();
    const tested = laws.filter((law) => law.shownBy !== null);
    expect(tested.map((law) => law.id)).toEqual(['A4', 'P5', 'P6', 'P8', 'S3', 'S4']);
    expect(tested.every((law) => law.ok === null)).toBe(true);
  });
});

/** One breach of each law, done past the product, and what the report says of it. */
const breaches: readonly {
  readonly law: string;
  readonly what: string;
  readonly sql: readonly string[];
  readonly says: RegExp;
}[] = [
  {
    law: 'L1',
    what: 'a pool that has promised more than it has',
    sql: [
      `update ledger_balances set balance = -5000 where stage = 'free' and book = 'capacity' and commodity like '%:cpu'`,
    ],
    says: /below 0/,
  },
  {
    law: 'L2',
    what: 'a balance that its entries do not add up to',
    sql: [
      `update ledger_balances set balance = balance + 7 where stage = 'free' and book = 'quota'`,
    ],
    says: /its entries sum to/,
  },
  {
    law: 'L2',
    what: 'an entry without its other side',
    sql: [`delete from ledger_entries where rowid = (select max(rowid) from ledger_entries)`],
    says: /does not sum to zero/,
  },
  {
    law: 'L3',
    what: 'a fraction of a millicore',
    sql: [`update request_lines set amount = 0.5 where rowid = 1`],
    says: /no exact amount/,
  },
  {
    law: 'L4',
    what: 'a hold that the books do not know',
    sql: [`update holds set amount = amount + 1 where state = 'live'`],
    says: /holds say/,
  },
  {
    law: 'L4',
    what: 'a hold whose request is over',
    sql: [`update quota_requests set state = 'withdrawn' where state = 'in_review'`],
    says: /nobody waits for it/,
  },
  {
    law: 'L5',
    what: 'a refusal without its figures',
    sql: [`update audit_entries set detail = '{}' where error_code = 'request.capacity_short'`],
    says: /explains nothing/,
  },
  {
    law: 'L6',
    what: 'a task that gave back before the cluster confirmed',
    sql: [
      `update provisioning_tasks set state = 'waiting_vacate', finished_at = null where kind = 'change'`,
      `insert into ledger_transfers (id, cause_kind, cause_id, effective_at, recorded_at) select 'trf_early', 'free', id, created_at, created_at from provisioning_tasks where kind = 'change'`,
    ],
    says: /before the cluster confirmed/,
  },
  {
    law: 'A1',
    what: 'a content that was changed after approval',
    sql: [`update request_revisions set content = replace(content, '8000', '9000')`],
    says: /not the one that was approved/,
  },
  {
    law: 'A1',
    what: 'a provisioned request with a step that never approved',
    sql: [
      `update approval_steps set state = 'waiting' where seq = 2 and state = 'approved' and code = 'operator'`,
    ],
    says: /is provisioned, but step operator is waiting/,
  },
  {
    law: 'A2',
    what: 'an applicant who approved their own request',
    sql: [
      `update approval_steps set decided_by = (select applicant_id from quota_requests r where r.id = request_id) where seq = 1 and state = 'approved'`,
    ],
    says: /decided by its applicant/,
  },
  {
    law: 'A2',
    what: 'an approver whose role had ended',
    sql: [`update role_grants set effective_to = effective_from where role = 'head'`],
    says: /without its role/,
  },
  {
    law: 'A3',
    what: 'a decision that was taken back',
    sql: [
      `update approval_steps set state = 'current', decided_by = null, decided_at = null where seq = 2 and code = 'operator' and state = 'approved'`,
    ],
    says: /with 1 current steps/,
  },
  {
    law: 'A5',
    what: 'an approval that was spent a second time',
    sql: [
      `insert into provisioning_tasks select 'tsk_again', tenant_id, request_id, allocation_id, kind, state, target, generation, step, attempts, deadline_at, owner_role, next_at, error_code, error_params, created_at, finished_at, version from provisioning_tasks where kind = 'open' limit 1`,
    ],
    says: /twice|two tasks/,
  },
  {
    law: 'P7',
    what: 'a review without a deadline',
    sql: [`update approval_steps set due_at = null where state = 'current'`],
    says: /without deadline or seat/,
  },
  {
    law: 'P7',
    what: 'an approved request that nobody works on',
    sql: [`update quota_requests set state = 'approved' where state = 'fulfilled'`],
    says: /no task of it is open/,
  },
  {
    law: 'S1',
    what: 'a decision without its entry',
    sql: [`update audit_entries set action = 'other' where action = 'requests.decide'`],
    says: /of them audited/,
  },
  {
    law: 'S1',
    what: 'a right that nobody is on record for giving',
    sql: [
      `update role_grants set granted_by = (select user_id from role_grants where role = 'security_admin') where role = 'operator'`,
    ],
    says: /without an entry/,
  },
  {
    law: 'S2',
    what: 'an entry that says something else than it did',
    sql: [`update audit_entries set actor_name = 'somebody else' where seq = 3`],
    says: /edited/,
  },
  {
    law: 'S5',
    what: 'one person with two duties that exclude each other',
    sql: [
      `update role_grants set user_id = (select user_id from role_grants where role = 'security_admin') where role = 'audit_admin'`,
    ],
    says: /held .* at once/,
  },
  {
    law: 'S5',
    what: 'a right that somebody gave to themselves',
    sql: [`update role_grants set granted_by = user_id where role = 'operator'`],
    says: /to themselves/,
  },
];

describe('a breach in the database', () => {
  test.each(breaches)('of $law is named: $what', async ({ law, sql, says }) => {
    const path = join(folder, 'breached.db');
    copyFileSync(join(folder, 'copy.db'), path);
    tamper(path, ...sql);
    const store = await openSqlite(path, { ids: office.deps.ids });
    const found = broken(await verifyLaws({ ...office.deps, store }, office.clusters));
    await store.close();
    rmSync(path);
    expect(found.get(law)).toMatch(says);
  });
});

describe('a breach in a cluster', () => {
  let whole: FakeNamespace;
  const inSheng = (): FakeNamespace => {
    const found = office.sheng.world.namespaces.get(namespace);
    if (found === undefined) throw new Error('the namespace stands');
    return found;
  };
  beforeEach(() => {
    whole = { ...inSheng() };
  });
  afterEach(async () => {
    office.sheng.world.namespaces.set(namespace, whole);
    expect(broken(await verify()).size).toBe(0);
  });

  test('of L1 is named: workers that were taken away below what is promised', async () => {
    const pool = 'sheng-x86-general';
    const worker = { name: `${pool}-01`, pool };
    office.sheng.world.addWorker({ ...worker, allocatable: { cpu: 1000, memory: 1024 } });
    expect(broken(await verify()).get('L1')).toMatch(/supply_beyond_workers/);
    const allocatable = smallCapacity.find((one) => one.pool === pool)?.capacity ?? {};
    office.sheng.world.addWorker({ ...worker, allocatable });
  });

  test('of L6 is named: more in use than the ledger has allocated', async () => {
    const pod = { name: 'big', worker: 'sheng-x86-general-01', requests: { cpu: 17_000 } };
    office.sheng.world.runPod(namespace, pod);
    expect(broken(await verify()).get('L6')).toMatch(/used_beyond_allocated/);
    office.sheng.world.stopPods(namespace);
  });

  test('of P1 is named: a namespace that somebody deleted', async () => {
    office.sheng.world.removeNamespace(namespace);
    expect(broken(await verify()).get('P1')).toMatch(/namespace_missing/);
  });

  test('of P1 is named: a namespace with our label that nobody was promised', async () => {
    Object.assign(office.sheng.world.createNamespace('yh-nobody'), {
      managed: true,
      allocationId: 'alc_unknown',
    });
    expect(broken(await verify()).get('P1')).toMatch(/namespace_orphan/);
    office.sheng.world.removeNamespace('yh-nobody');
  });

  test('of P2 is named: a quota that was raised by hand', async () => {
    const { quota } = inSheng();
    Object.assign(inSheng(), { quota: { ...quota, hard: { ...quota?.hard, cpu: 64_000 } } });
    expect(broken(await verify()).get('P2')).toMatch(/quota_changed/);
  });

  test('of P2 is named: a pod outside the pool of its namespace', async () => {
    const pod = { name: 'stray', worker: 'sheng-arm-npu-01', requests: { cpu: 100 } };
    office.sheng.world.runPod(namespace, pod);
    expect(broken(await verify()).get('P2')).toMatch(/pod_outside_pool/);
    office.sheng.world.stopPods(namespace);
  });

  test('of P3 is named: an open namespace without its isolation', async () => {
    inSheng().isolated = false;
    expect(broken(await verify()).get('P3')).toMatch(/open_without_isolation/);
  });

  test('of P4 is named: a foreign namespace under the same name', async () => {
    office.sheng.world.removeNamespace(namespace);
    office.sheng.world.createNamespace(namespace);
    expect(broken(await verify()).get('P4')).toMatch(/namespace_foreign/);
  });
});
