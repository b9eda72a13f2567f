import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeKubeconfig } from './kubeconfig.ts';
import { findClusterSource, parseNamedContexts } from './source.ts';
import { makeStandIns, withFolder } from './stand-ins.ts';

function kubeconfig(dir: string, context: string): string {
  const path = join(dir, `${context}.kubeconfig`);
  const credentials = { server: 'https://127.0.0.1:1', ca: 'x', token: 't' };
  writeKubeconfig({ path, context, user: `u-${context}`, credentials });
  return path;
}

describe('where clusters come from', () => {
  test('named contexts win over everything, and docker is not even asked', async () => {
    await withFolder(async (dir) => {
      const { env } = makeStandIns({ docker: 'sleep 30' });
      const path = kubeconfig(dir, 'sheng');
      const source = await findClusterSource({ ...env, YUNHENG_KUBECONFIG: path });
      expect(source).toMatchObject({
        kind: 'contexts',
        contexts: [{ kubeconfig: path, context: 'sheng' }],
      });
    });
  });

  test('kind is taken when the container engine answers', async () => {
    const { env } = makeStandIns({ docker: 'echo ok', kind: 'echo kind v1' });
    expect((await findClusterSource(env)).kind).toBe('kind');
  });

  test.for([
    ['docker-missing', {}],
    ['docker-refuses', { docker: 'echo "no engine" >&2; exit 1', kind: 'exit 0' }],
    ['kind-missing', { docker: 'exit 0' }],
  ] as const)(
    'without kind the local control plane is taken, saying %s',
    async ([why, scripts]) => {
      const source = await findClusterSource(makeStandIns(scripts).env);
      expect(source.kind).toBe('local');
      expect(source.considered).toContainEqual({ kind: 'kind', taken: false, reason: why });
    },
  );

  test('a docker client that waits for ever costs three seconds and no more', async () => {
    const began = performance.now();
    const { env } = makeStandIns({ docker: 'exec sleep 60', kind: 'exit 0' });
    const source = await findClusterSource(env);
    expect(source.considered).toContainEqual({
      kind: 'kind',
      taken: false,
      reason: 'docker-silent',
    });
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe('contexts in YUNHENG_KUBECONFIG', () => {
  test('a file stands for all its contexts, a fragment for those it names', async () => {
    await withFolder((dir) => {
      const [one, two] = [kubeconfig(dir, 'sheng'), kubeconfig(dir, 'shi')];
      const found = parseNamedContexts(`${one}:${two}#shi`);
      expect(found.map(({ context }) => context)).toEqual(['sheng', 'shi']);
    });
  });

  test('a context that the file does not have is named in the error', async () => {
    await withFolder((dir) => {
      const path = kubeconfig(dir, 'sheng');
      expect(() => parseNamedContexts(`${path}#nowhere`)).toThrow(/no context "nowhere".*sheng/);
    });
  });

  test('a file that does not exist is an error and not a fallback', async () => {
    const env = { YUNHENG_KUBECONFIG: '/nowhere/config' };
    await expect(findClusterSource(env)).rejects.toMatchObject({ code: 'KUBECONFIG_UNUSABLE' });
  });
});
