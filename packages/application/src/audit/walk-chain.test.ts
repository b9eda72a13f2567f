import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openOffice, type Office } from '@yunheng/testkit/office';
import { tamper } from '@yunheng/testkit/tamper';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listCatalog } from '../estate/list-catalog.ts';
import { departmentHome } from '../estate/department-home.ts';
import { sealAudit } from './seal-audit.ts';
import { walkChain } from './walk-chain.ts';

const folder = mkdtempSync(join(tmpdir(), 'yunheng-chain-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let office: Office;
let path = '';
let opened = 0;
beforeEach(async () => {
  opened += 1;
  path = join(folder, `${opened}.db`);
  office = await openOffice({ url: path });
  await office.seal();
});
afterEach(() => office.close());

/** A refusal to a known person: one more entry (law S1). */
const refusedOnce = () =>
  departmentHome(office.deps, office.as('rsj-applicant'), { departmentId: 'dep_unknown' });
const walk = () => walkChain(office.deps);

describe('sealing', () => {
  test('numbers every entry without gaps, signs one head and keeps it outside the database', async () => {
    const proof = await walk();
    expect(proof).toMatchObject({ ok: true, unsealed: 0, firstBad: null });
    expect(proof.entries).toBeGreaterThan(5);
    expect(office.headLog.heads.map((head) => head.seq)).toEqual([proof.entries]);
  });

  test('goes on where it stopped, and writes nothing when nothing is new', async () => {
    const before = (await walk()).entries;
    expect(await sealAudit(office.deps)).toEqual({ entries: 0 });
    await refusedOnce();
    await refusedOnce();
    expect(await sealAudit(office.deps)).toEqual({ entries: 2 });
    expect(await walk()).toMatchObject({ ok: true, entries: before + 2, heads: 2 });
  });

  test('makes up for a head that a lost process had not appended yet', async () => {
    await refusedOnce();
    await office.seal();
    office.headLog.heads.pop();
    await office.seal();
    expect(office.headLog.heads).toHaveLength(2);
    expect((await walk()).ok).toBe(true);
  });

  test('of two sealers at once one wins and nothing is numbered twice', async () => {
    await refusedOnce();
    await Promise.all([sealAudit(office.deps), sealAudit(office.deps)]);
    expect(await walk()).toMatchObject({ ok: true, unsealed: 0 });
  });

  test('is not needed for a reading that was allowed', async () => {
    await listCatalog(office.deps, office.as('auditor'));
    expect(await sealAudit(office.deps)).toEqual({ entries: 0 });
  });
});

describe('the walk shows', () => {
  const cases = [
    ['an edit', `update audit_entries set action = 'x' where seq = 4`, 'edited'],
    ['a removal', `delete from audit_entries where seq = 4`, 'removed'],
    [
      'a swap of two entries',
      `update audit_entries set seq = -1 where seq = 3; update audit_entries set seq = 3 where seq = 4; update audit_entries set seq = 4 where seq = -1`,
      'relinked',
    ],
    [
      'a cut at the end, heads included',
      `delete from audit_entries where seq > 3; delete from audit_heads`,
      'truncated',
    ],
    ['a forged signature', `update audit_heads set signature = 'x'`, 'signature'],
  ] as const;
  test.each(cases)('%s', async (_what, sql, fault) => {
    tamper(path, sql);
    expect(await walk()).toMatchObject({ ok: false, firstBad: { what: fault } });
  });

  test('a cut that was sealed over afterwards', async () => {
    tamper(path, `delete from audit_entries where seq > 3; delete from audit_heads`);
    await refusedOnce();
    await office.seal();
    expect((await walk()).ok).toBe(false);
  });

  test('an entry that nobody sealed within two seconds', async () => {
    await refusedOnce();
    expect(await walk()).toMatchObject({ ok: true, unsealed: 1 });
    office.clock.advance(2_001);
    expect(await walk()).toMatchObject({ ok: false, unsealed: 1, firstBad: { what: 'unsealed' } });
  });
});
