import { openProvisioningWorld, type ProvisioningWorld } from '@yunheng/testkit/provisioning-world';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sweepNamespaces } from './sweep-namespaces.ts';
import { sweepOrder } from './sweep-order.ts';
import { sweepOwnership } from './sweep-ownership.ts';
import { sweepProjection } from './sweep-projection.ts';
import type { Swept } from './sweep.ts';

const amounts = { cpu: 2000, memory: 4096 };
const name = 'yh-rsj-jyfw-prod';
const sweeps = {
  P1: sweepNamespaces,
  P2: sweepProjection,
  P3: sweepOrder,
  P4: sweepOwnership,
} as const;
type Law = keyof typeof sweeps;

let world: ProvisioningWorld;
let allocationId: string;
beforeEach(async () => {
  world = await openProvisioningWorld();
  ({ allocationId } = await world.approve({ kind: 'new', amounts }));
  await world.settle();
});
afterEach(() => world.close());

const sweep = (law: Law): Promise<Swept> => sweeps[law](world.deps, world.clusters);
const planted = () => {
  const namespace = world.cluster.world.namespaces.get(name);
  if (namespace === undefined) throw new Error('no namespace');
  return namespace;
};

describe.each(Object.keys(sweeps) as Law[])('%s', (law) => {
  test('holds on a sound province and says how much it looked at', async () => {
    world.cluster.world.runPod(name, { name: 'p', worker: 'w1', requests: { cpu: 500 } });
    const { checked, findings, unread } = await sweep(law);
    expect({ findings, unread }).toEqual({ findings: [], unread: [] });
    expect(checked).toBeGreaterThan(0);
  });

  test('is not shown while a cluster is away', async () => {
    world.cluster.faults.down = true;
    expect(await sweep(law)).toMatchObject({ checked: 0, unread: ['sheng'] });
  });

  test('a task under way is no finding', async () => {
    await world.approve({ kind: 'change', allocationId, amounts: { cpu: 3000 } });
    await world.approve({ kind: 'new', amounts, environment: 'test' });
    expect((await sweep(law)).findings).toEqual([]);
  });
});

describe('planted violations', () => {
  const cases: [string, Law, string, () => void][] = [
    [
      'a namespace removed by hand',
      'P1',
      'namespace_missing',
      () => world.cluster.world.removeNamespace(name),
    ],
    [
      'a namespace with our label and no allocation',
      'P1',
      'namespace_orphan',
      () => {
        const orphan = world.cluster.world.createNamespace('yh-orphan');
        orphan.managed = true;
        orphan.allocationId = 'alc_nobody';
      },
    ],
    [
      'two namespaces of one allocation',
      'P1',
      'namespace_doubled',
      () => {
        const twin = world.cluster.world.createNamespace('yh-twin');
        twin.managed = true;
        twin.allocationId = allocationId;
      },
    ],
    [
      'a quota edited by hand',
      'P2',
      'quota_changed',
      () => {
        const { quota } = planted();
        if (quota) quota.hard = { ...quota.hard, cpu: 64_000 };
      },
    ],
    [
      'a pool label edited by hand',
      'P2',
      'labels_changed',
      () => {
        planted().pool = 'another-pool';
      },
    ],
    [
      'a pod outside its pool',
      'P2',
      'pod_outside_pool',
      () => {
        world.cluster.world.addWorker({ name: 'gpu1', pool: 'gpu', allocatable: { cpu: 1 } });
        world.cluster.world.runPod(name, { name: 'stray', worker: 'gpu1', requests: { cpu: 1 } });
      },
    ],
    [
      'an open namespace without isolation',
      'P3',
      'open_without_isolation',
      () => {
        planted().isolated = false;
      },
    ],
    [
      'an open namespace without a quota',
      'P3',
      'open_without_quota_in_force',
      () => {
        planted().quota = null;
      },
    ],
    [
      'a namespace made anew by somebody',
      'P4',
      'namespace_foreign',
      () => {
        world.cluster.world.createNamespace(name);
      },
    ],
    [
      'a namespace that lost its label',
      'P4',
      'namespace_foreign',
      () => {
        planted().managed = false;
      },
    ],
  ];

  test.each(cases)('%s is named', async (_title, law, kind, plant) => {
    plant();
    const { findings } = await sweep(law);
    expect(findings.map((finding) => finding.kind)).toContain(kind);
    expect(findings.every((finding) => finding.law === law)).toBe(true);
  });

  test('capacity that went back while its namespace still stands is named', async () => {
    const namespace = planted();
    await world.approve({ kind: 'release', allocationId });
    await world.settle();
    world.cluster.world.namespaces.set(name, { ...namespace, goneAt: null });
    const { findings } = await sweep('P3');
    expect(findings.map((finding) => finding.kind)).toEqual(['released_before_gone']);
  });
});
