import { expect, test } from 'vitest';
import type { ResourceAmounts, ResourceName } from '../catalog/resources.ts';
import { contentWarnings } from './content-warnings.ts';
import type { AllocationFacts } from './effect.ts';
import type { LineContent, RequestContent } from './request.ts';

const line = (resource: ResourceName, amount: number, cloudNodeId = 'cn_sheng'): LineContent => ({
  itemVersionId: `cat_${resource}`,
  resource,
  cloudNodeId,
  arch: 'x86-64',
  poolClass: 'general',
  amount,
});

const content = (kind: RequestContent['kind'], lines: readonly LineContent[]): RequestContent => ({
  kind,
  systemId: 'sys_jyfw',
  environment: 'prod',
  allocationId: kind === 'new' ? null : 'alc_1',
  reason: '新系统上线',
  lines,
});

const standing = (allocated: ResourceAmounts): AllocationFacts => ({
  id: 'alc_1',
  poolId: 'pool_sheng_x86',
  systemId: 'sys_jyfw',
  environment: 'prod',
  active: true,
  underWay: null,
  allocated,
});

const said = (of: RequestContent, allocated: ResourceAmounts = {}) =>
  contentWarnings(of, of.kind === 'new' ? null : standing(allocated)).map(
    ({ path, params }) => `${path} ${String(params['resource'])}`,
  );

test.each([
  ['CPU without memory', [line('cpu', 4000)], ['lines.0.resource memory']],
  ['memory without CPU', [line('storage', 10), line('memory', 8)], ['lines.1.resource cpu']],
  ['a GPU alone', [line('gpu', 1)], ['lines.0.resource cpu', 'lines.0.resource memory']],
])('a new environment with %s is warned of', (_name, lines, expected) => {
  expect(said(content('new', lines))).toEqual(expected);
});

test('each place of a new environment is looked at for itself', () => {
  const lines = [line('cpu', 4000), line('memory', 8, 'cn_gz'), line('cpu', 1000, 'cn_gz')];
  expect(said(content('new', lines))).toEqual(['lines.0.resource memory']);
});

test.each([
  ['CPU and memory', [line('cpu', 4000), line('memory', 8)]],
  ['nothing that runs in pods', [line('storage', 10), line('database', 1)]],
])('a new environment with %s is not', (_name, lines) => {
  expect(said(content('new', lines))).toEqual([]);
});

test('a change is looked at with what stands already', () => {
  const both = { cpu: 4000, memory: 8 };
  expect(said(content('change', [line('cpu', 8000)]), both)).toEqual([]);
  expect(said(content('change', [line('memory', 0)]), both)).toEqual(['lines.0.resource memory']);
  expect(said(content('change', [line('storage', 10)]), { cpu: 4000 })).toEqual(['lines memory']);
  expect(said(content('change', [line('cpu', 0), line('memory', 0)]), both)).toEqual([]);
});

test('a release is not warned of', () => {
  expect(said(content('release', []), { cpu: 4000 })).toEqual([]);
});
