import { expect, test } from 'vitest';
import { serveLines } from './serve-lines.ts';

const named = (...names: readonly string[]) =>
  new Map(names.map((name) => [name, { kubeconfig: 'config', context: `yunheng-${name}` }]));
const said = (of: Partial<Parameters<typeof serveLines>[1]>) =>
  serveLines('en', { users: 3, estate: ['sheng', 'shi'], named: named('sheng', 'shi'), ...of });

test('a start without anybody says that init comes first, and one with people does not', () => {
  expect(said({ users: 0 })[0]).toMatch(/yunheng init/u);
  expect(said({}).join()).not.toMatch(/yunheng init/u);
});

test('a start names its clusters with the contexts that they come from', () => {
  expect(said({})).toEqual([
    'Clusters by the contexts of YUNHENG_KUBECONFIG: sheng (yunheng-sheng), shi (yunheng-shi)',
  ]);
});

test('a start names the clusters that it has no context for, and what these may be called', () => {
  const [, missing] = said({ named: named('sheng') });
  expect(missing).toMatch(/YUNHENG_KUBECONFIG.*shi \/ yunheng-shi/u);
  expect(missing).not.toContain('sheng');
  expect(said({ named: named() }).join()).toContain('sheng / yunheng-sheng, shi / yunheng-shi');
});

test('a start of an estate without clusters says where they are registered', () => {
  expect(said({ estate: [], named: named() })).toEqual([
    expect.stringContaining('yunheng province import'),
  ]);
});

test('a start speaks the language of the terminal', () => {
  for (const line of serveLines('zh-CN', { users: 0, estate: ['shi'], named: named('shi') }))
    expect(line).toMatch(/[一-龥]/u);
});
