import { describe, expect, test } from 'vitest';
import type { NamespaceTarget } from '@yunheng/domain/provisioning/cluster';
import { inForce } from '@yunheng/domain/provisioning/projection';
import { isolationObjects, namespaceObject, quotaObject } from './objects.ts';
import { personObjectName } from './person-objects.ts';
import { namespaceView, poolReadings, quotaView } from './views.ts';

const target: NamespaceTarget = {
  namespace: 'yh-rsj-jyfw-prod',
  allocationId: 'alc_1',
  tenantId: 'ten_1',
  systemId: 'sys_1',
  pool: 'sheng-x86-general',
  hard: { cpu: 12_500, memory: 65_536, gpu: 2 },
  generation: 3,
};
const metadata = { name: 'yunheng', annotations: { 'yunheng.io/generation': '3' } };
const specOf = (suspended: boolean) => {
  const { body } = quotaObject({ target, suspended, resourceVersion: null });
  const { hard } = body['spec'] as { hard: Record<string, string> }; // written right above
  return hard;
};

describe('quota', () => {
  test('names every key, so that nothing is unlimited by omission', () => {
    expect(specOf(false)).toEqual({
      'requests.cpu': '12500m',
      'limits.cpu': '12500m',
      'requests.memory': '64Gi',
      'limits.memory': '64Gi',
      'requests.storage': '0',
      'requests.nvidia.com/gpu': '2',
      'requests.huawei.com/Ascend910': '0',
      'services.nodeports': '0',
      'services.loadbalancers': '0',
    });
  });

  test('what was written reads back as what was wanted, once the controller has answered', () => {
    const hard = specOf(false);
    expect(inForce(quotaView({ metadata, spec: { hard } }), target.hard)).toBe(false);
    const view = quotaView({ metadata, spec: { hard }, status: { hard, used: {} } });
    expect(view).toMatchObject({ generation: 3, suspended: false, even: true });
    expect(inForce(view, target.hard)).toBe(true);
  });

  test('a key that was taken away is in force until the status has lost it too', () => {
    const view = quotaView({
      metadata,
      spec: { hard: specOf(false) },
      status: { hard: specOf(true), used: {} },
    });
    expect(inForce(view, target.hard)).toBe(false);
  });

  test('a suspended quota is in force for nobody', () => {
    const hard = specOf(true);
    const view = quotaView({ metadata, spec: { hard }, status: { hard, used: {} } });
    expect(view.suspended).toBe(true);
    expect(inForce(view, target.hard)).toBe(false);
  });

  test('keys of one resource that differ are noticed', () => {
    const hard = { ...specOf(false), 'limits.cpu': '99' };
    const view = quotaView({ metadata, spec: { hard }, status: { hard, used: {} } });
    expect(view.even).toBe(false);
    expect(inForce(view, target.hard)).toBe(false);
  });
});

describe('namespace', () => {
  const parts = (labels: Record<string, string>) => ({
    namespace: { metadata: { name: target.namespace, uid: 'u1', labels } },
    quota: undefined,
    limits: undefined,
    policies: [],
    defaultAccount: undefined,
  });

  test('is ours by label, its pool and allocation are read from there', () => {
    const { body } = namespaceObject(target, 'u1');
    const { labels } = body['metadata'] as { labels: Record<string, string> }; // written right above
    expect(namespaceView(parts(labels))).toMatchObject({
      uid: 'u1',
      managed: true,
      allocationId: 'alc_1',
      pool: 'sheng-x86-general',
      podSecurity: true,
      isolated: false,
      quota: null,
    });
  });

  test('without the label it is somebody else’s', () => {
    expect(namespaceView(parts({}))).toMatchObject({ managed: false, podSecurity: false });
  });

  test('a policy that allows anything does not isolate', () => {
    const [denyAll, allowOwn] = isolationObjects(target).map(
      ({ body }) => body as Parameters<typeof namespaceView>[0]['policies'][number],
    );
    if (denyAll === undefined || allowOwn === undefined) throw new Error('two policies');
    const isolated = (policies: Parameters<typeof namespaceView>[0]['policies']) =>
      namespaceView({ ...parts({}), policies }).isolated;
    expect(isolated([denyAll])).toBe(true);
    expect(isolated([allowOwn])).toBe(false);
    expect(
      isolated([{ ...denyAll, spec: { ...denyAll.spec, egress: [{}] } } as typeof denyAll]),
    ).toBe(false);
  });

  test('a deletion that does not go on says what holds it up', () => {
    const view = namespaceView({
      ...parts({}),
      namespace: {
        metadata: { name: 'x', uid: 'u' },
        status: {
          phase: 'Terminating',
          conditions: [
            {
              type: 'NamespaceFinalizersRemaining',
              status: 'True',
              message: 'example.com/hold in 1 resource instances',
            },
          ],
        },
      },
    });
    expect(view.phase).toBe('terminating');
    expect(view.blockedBy).toContain('example.com/hold');
  });
});

test('workers are summed by pool, rounded down one by one', () => {
  const node = (pool: string | undefined, allocatable: Record<string, string>) => ({
    metadata: { labels: pool === undefined ? {} : { 'yunheng.io/pool': pool } },
    status: { allocatable },
  });
  expect(
    poolReadings([
      node('a', { cpu: '31850m', memory: '1048577Ki', 'yunheng.io/block-storage': '10Gi' }),
      node('a', { cpu: '32', memory: '1025Ki', 'nvidia.com/gpu': '8' }),
      node(undefined, { cpu: '64' }),
    ]),
  ).toEqual([
    {
      pool: 'a',
      workers: 2,
      allocatable: { cpu: 63_850, memory: 1025, storage: 10_240, gpu: 8 },
    },
  ]);
});

test('a person’s objects bear a name that Kubernetes accepts', () => {
  expect(personObjectName('usr_01jd0000000000000000000000')).toMatch(/^person-[a-z0-9]+$/);
});
