import { approved } from '@yunheng/testkit/carry-request';
import { openOffice, type Office } from '@yunheng/testkit/office';
import { decided, done, submitted } from '@yunheng/testkit/request-desk';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { getRequest } from '../requests/get-request.ts';
import { departmentHome } from './department-home.ts';
import { systemDetail } from './system-detail.ts';

const minute = 60_000;

let office: Office;
beforeEach(async () => {
  office = await openOffice();
  const amounts = { cpu: 8000, memory: 32_768 };
  await approved(office, { kind: 'new', system: 'rsj/jyfw', amounts });
  await office.settle();
});
afterEach(() => office.close());

const department = (code: string) => office.names.departments.get(code)?.id ?? '';
const allocationOf = async (system: string): Promise<string> => {
  const of = { id: office.names.systems.get(system)?.id ?? '' };
  const { allocations } = done(await systemDetail(office.deps, office.as('operator'), of));
  return allocations[0]?.id ?? '';
};

describe('a department', () => {
  test('is told by name what rests until somebody acts, with the words of whoever sent it back', async () => {
    const id = await submitted(office, { kind: 'new', system: 'rsj/sbxx', amounts: { cpu: 2000 } });
    const opinion = '补充峰值时段的监测数据。';
    await decided(office, 'rsj-head', { id, decision: 'return', opinion });
    const input = { departmentId: department('rsj') };
    const home = done(await departmentHome(office.deps, office.as('rsj-applicant'), input));
    expect(home.open).toMatchObject([{ id, state: 'returned', opinion, taskState: null }]);
  });

  test('is told what to vacate before a decrease goes through, as the cluster says it', async () => {
    const place = { system: 'rsj/jyfw', allocationId: await allocationOf('rsj/jyfw') };
    const { id } = await approved(office, { kind: 'change', ...place, amounts: { cpu: 4000 } });
    const namespace = 'yh-rsj-jyfw-prod';
    const pod = { name: 'p', worker: 'w', requests: { cpu: 6000 } };
    office.sheng.world.runPod(namespace, pod);
    await office.settle(minute);
    const input = { departmentId: department('rsj') };
    const call = office.as('rsj-applicant');
    const home = done(await departmentHome(office.deps, call, input));
    expect(home.open).toContainEqual(
      expect.objectContaining({ id, state: 'approved', taskState: 'waiting_vacate' }),
    );
    const reading = { ...office.deps, clusters: office.clusters };
    const { tasks } = done(await getRequest(reading, call, { id }));
    expect(tasks[0]?.overUse).toEqual([{ resource: 'cpu', used: 6000, limit: 4000 }]);
    expect(done(await getRequest(office.deps, call, { id })).tasks[0]?.overUse).toBeNull();
    office.sheng.world.stopPods(namespace);
    await office.settle();
  });
});
