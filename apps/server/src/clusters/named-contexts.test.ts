import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '@yunheng/db/sqlite/open';
import { auditOf } from '@yunheng/application/audit-of';
import { systemCall } from '@yunheng/application/identity/system-call';
import { writeKubeconfig } from '@yunheng/local-cluster/kubeconfig';
import type { Store } from '@yunheng/db/store';
import { drivenClock } from '@yunheng/testkit/driven-clock';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createIds } from '../crypto/ids.ts';
import { findNamed } from './bring-up-named.ts';
import { matchContexts } from './named-contexts.ts';

const at = (context: string, kubeconfig = 'config') => ({ kubeconfig, context });
const namesOf = (contexts: readonly string[], names: readonly string[]) =>
  Object.fromEntries(
    [
      ...matchContexts(
        contexts.map((context) => at(context)),
        names,
      ).byName,
    ].map(([name, { context }]) => [name, context]),
  );

describe('a context serves a cluster', () => {
  test.each([
    ['that it is called after', ['shi', 'sheng'], { sheng: 'sheng', shi: 'shi' }],
    [
      'as yunheng cluster up writes it, in any order',
      ['yunheng-shi', 'yunheng-sheng'],
      { sheng: 'yunheng-sheng', shi: 'yunheng-shi' },
    ],
    ['as kind writes it', ['kind-yunheng-shi'], { shi: 'kind-yunheng-shi' }],
    ['by its own name rather than by another form', ['yunheng-shi', 'shi'], { shi: 'shi' }],
    ['and no other', ['prod-eu', 'sheng-2', 'xyunheng-shi'], {}],
  ])('%s', (_, contexts, expected) => {
    expect(namesOf(contexts, ['sheng', 'shi'])).toEqual(expected);
  });

  test('what is no cluster’s is kept apart', () => {
    const { others } = matchContexts([at('shi'), at('prod-eu'), at('yunheng-shi')], ['shi']);
    expect(others).toEqual([at('prod-eu')]);
  });
});

describe('YUNHENG_KUBECONFIG of serve', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yunheng-contexts-'));
  let store: Store;
  let empty: Store;
  const cluster = (name: string) =>
    ({
      table: 'clusters',
      row: {
        id: `cl_${name}`,
        name,
        uid: null,
        kubernetesVersion: null,
        lastSeenAt: null,
        state: 'preparing',
        version: 1,
      },
    }) as const;
  const file = (context: string): string => {
    const path = join(folder, `${context}.kubeconfig`);
    const credentials = { server: 'https://127.0.0.1:1', ca: 'ca', token: 'token' };
    writeKubeconfig({ path, context, user: context, credentials });
    return path;
  };
  beforeAll(async () => {
    const ids = createIds();
    store = await openSqlite(':memory:', { ids });
    empty = await openSqlite(':memory:', { ids });
    const deps = { store, ids, clock: drivenClock() };
    const subject = { action: 'test', subjectKind: 'test', subjectId: 'test', tenantId: null };
    await store.commit({
      audit: auditOf(deps, systemCall, subject),
      inserts: [cluster('sheng'), cluster('shi')],
    });
  });
  afterAll(async () => {
    await Promise.all([store.close(), empty.close()]);
    rmSync(folder, { recursive: true });
  });
  const find = (kubeconfig: string | null, of = store) =>
    findNamed({ kubeconfig }, { store: of, locale: 'en' });

  test('takes the files that cluster up wrote as they are', async () => {
    const [sheng, shi] = [file('yunheng-sheng'), file('yunheng-shi')];
    const found = await find(`${shi}:${sheng}`);
    expect(Object.fromEntries(found)).toEqual({
      sheng: { kubeconfig: sheng, context: 'yunheng-sheng' },
      shi: { kubeconfig: shi, context: 'yunheng-shi' },
    });
  });

  test('leaves the contexts of other clusters alone', async () => {
    const found = await find(`${file('prod-eu')}:${file('shi')}`);
    expect([...found.keys()]).toEqual(['shi']);
  });

  test('says what there is and what would be right when nothing fits', async () => {
    await expect(find(file('prod-eu'))).rejects.toMatchObject({
      name: 'ConfigError',
      message: expect.stringMatching(/prod-eu.*sheng \/ yunheng-sheng, shi \/ yunheng-shi/),
    });
  });

  test('names a file that cannot be read', async () => {
    await expect(find('/nowhere/config')).rejects.toMatchObject({
      name: 'ConfigError',
      message: expect.stringContaining('/nowhere/config'),
    });
  });

  test('names nothing for an estate without clusters, nor without a setting', async () => {
    expect([...(await find(file('prod-eu'), empty))]).toEqual([]);
    expect([...(await find(null))]).toEqual([]);
  });
});
