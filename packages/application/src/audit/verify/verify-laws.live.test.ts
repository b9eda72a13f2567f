import { bringToLife } from '@yunheng/testkit/busy-office';
import { openOffice } from '@yunheng/testkit/office';
import { startPostgres, type PostgresServer } from '@yunheng/testkit/postgres-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { capacityOverview } from '../../estate/capacity-overview.ts';
import { departmentHome } from '../../estate/department-home.ts';
import { listSystems } from '../../estate/list-systems.ts';
import { listAudit } from '../list-audit.ts';
import { verifyLaws } from './verify-laws.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

test('on PostgreSQL the same province keeps the same laws and reads the same', async () => {
  const office = await openOffice({ url: await server.createDatabase() });
  await bringToLife(office);
  const { laws, incomplete } = await verifyLaws(office.deps, office.clusters);
  const swept = laws.filter((law) => law.shownBy === null);
  expect(swept.filter((law) => law.ok !== true || law.checked === 0)).toEqual([]);
  expect(incomplete).toBe(false);

  const operator = office.as('operator');
  const capacity = await capacityOverview(office.deps, operator, { scope: 'all' });
  const cells = capacity.ok ? capacity.value.pools.flatMap((pool) => pool.cells) : [];
  expect(cells.some((cell) => cell.allocated > 0 && cell.held > 0)).toBe(true);
  for (const cell of cells) expect(cell.supply).toBe(cell.allocated + cell.held + cell.free);
  const page = { sort: 'cpu', page: 1, size: 3 } as const;
  expect(await listSystems(office.deps, operator, page)).toMatchObject({
    value: { total: 8, rows: [{ code: 'sbxx' }, { code: 'jyfw' }, {}] },
  });
  const departmentId = office.names.departments.get('rsj')?.id ?? '';
  expect(await departmentHome(office.deps, operator, { departmentId })).toMatchObject({
    value: { counts: { environments: 2, systems: 2 } },
  });
  const found = { action: 'SUBMIT', outcome: 'refused', page: 1, size: 10 } as const;
  expect(await listAudit(office.deps, office.as('auditor'), found)).toMatchObject({
    value: { total: 1 },
  });
  await office.close();
});
