import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeStandIns, withFolder } from '@yunheng/local-cluster/stand-ins';
import { startKindCluster, stopKindCluster, type Furnish, type StartKindInput } from './cluster.ts';
import { kwokObjects } from './furnish.ts';

const furnish: Furnish = (cluster) =>
  Promise.resolve({
    name: cluster.name,
    server: readFileSync(cluster.kubeconfig, 'utf8').trim(),
    kubeconfigAdmin: cluster.kubeconfig,
    kubeconfigProvisioner: '',
    version: 'v1.37.2',
    reused: false,
  });

/** A `kind` that keeps its clusters as lines of a file, and writes down how it was called. */
function fakeKind(dir: string, create = 'exit 0'): StartKindInput {
  const clusters = join(dir, 'clusters');
  writeFileSync(clusters, '', { flag: 'a' });
  const { env } = makeStandIns({
    kind: `echo "$@" >> ${dir}/calls
      case "$1 $2" in
        "get clusters") cat ${clusters} ;;
        "get kubeconfig") echo asked ;;
        "create cluster") echo yunheng-sheng >> ${clusters}; echo created > ${dir}/sheng.admin.kubeconfig; ${create} ;;
        "delete cluster") : > ${clusters} ;;
      esac`,
  });
  return { name: 'sheng', stateDir: dir, env, workerNodes: [], furnish };
}

function callsIn(dir: string): string {
  return readFileSync(join(dir, 'calls'), 'utf8');
}

describe('a kind cluster (with a stand-in for kind)', () => {
  test('is created with our configuration, on loopback, in a kubeconfig of ours', async () => {
    await withFolder(async (dir) => {
      const cluster = await startKindCluster(fakeKind(dir));
      expect(cluster).toMatchObject({ server: 'created', reused: false });
      const config = /--config (\S+)/.exec(callsIn(dir))?.[1] ?? '';
      expect(readFileSync(config, 'utf8')).toContain('apiServerAddress: 127.0.0.1');
      expect(callsIn(dir)).toContain(`--kubeconfig ${dir}/sheng.admin.kubeconfig`);
    });
  });

  test('is found by a second start, which asks for its kubeconfig anew', async () => {
    await withFolder(async (dir) => {
      await startKindCluster(fakeKind(dir));
      const again = await startKindCluster(fakeKind(dir));
      expect(again).toMatchObject({ server: 'asked', reused: true });
    });
  });

  test('that could not be created is deleted, and the error says what kind said', async () => {
    await withFolder(async (dir) => {
      const input = fakeKind(dir, 'echo "no space left" >&2; exit 1');
      await expect(startKindCluster(input)).rejects.toMatchObject({
        code: 'KIND_FAILED',
        params: { tail: 'no space left' },
      });
      expect(readFileSync(join(dir, 'clusters'), 'utf8')).toBe('');
    });
  });

  test('that takes too long to create ends at the deadline', async () => {
    await withFolder(async (dir) => {
      const input = { ...fakeKind(dir, 'sleep 60'), createDeadlineMs: 200 };
      await expect(startKindCluster(input)).rejects.toThrow(/no end within/);
      expect(callsIn(dir)).toContain('delete cluster --name yunheng-sheng');
    });
  });

  test('whose creation was killed is made anew', async () => {
    await withFolder(async (dir) => {
      const input = fakeKind(dir);
      writeFileSync(join(dir, 'clusters'), 'yunheng-sheng\n');
      writeFileSync(join(dir, 'sheng.creating'), '');
      expect(await startKindCluster(input)).toMatchObject({ server: 'created', reused: false });
      expect(callsIn(dir)).toMatch(/delete cluster[^]*create cluster/);
      expect(existsSync(join(dir, 'sheng.creating'))).toBe(false);
    });
  });

  test('is deleted by a stop, and a stop without one says so', async () => {
    await withFolder(async (dir) => {
      const input = fakeKind(dir);
      await startKindCluster(input);
      expect(await stopKindCluster(input)).toBe(true);
      expect(await stopKindCluster(input)).toBe(false);
    });
  });
});

test('KWOK inside kind plays by the same stages as the local control plane', () => {
  const config = kwokObjects().find(({ kind }) => kind === 'ConfigMap');
  expect(JSON.stringify(config)).toContain('node-heartbeat-with-lease');
});
