import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resourceNames } from '../catalog/resources.ts';
import {
  capacityAccounts,
  capacityCommodity,
  parseAccount,
  quotaAccounts,
  quotaCommodity,
} from './accounts.ts';

describe('parseAccount', () => {
  test.each([
    [capacityAccounts.supply('pool_1'), 'capacity', 'pool_1', 'supply', ''],
    [capacityAccounts.free('pool_1'), 'capacity', 'pool_1', 'free', ''],
    [capacityAccounts.held('pool_1', 'ln_1'), 'capacity', 'pool_1', 'held', 'ln_1'],
    [capacityAccounts.allocated('pool_1', 'alc_1'), 'capacity', 'pool_1', 'allocated', 'alc_1'],
    [quotaAccounts.issued(), 'quota', '', 'issued', ''],
    [quotaAccounts.free('dep_1'), 'quota', 'dep_1', 'free', ''],
    [quotaAccounts.held('dep_1', 'ln_1'), 'quota', 'dep_1', 'held', 'ln_1'],
    [quotaAccounts.system('dep_1', 'sys_1'), 'quota', 'dep_1', 'system', 'sys_1'],
  ])('reads %s as it was built', (path, book, scope, stage, owner) => {
    expect(parseAccount(path)).toEqual({ book, scope, stage, owner });
  });

  test.each([
    ['another book', 'money/ten_1/free'],
    ['another stage', 'capacity/pool_1/reserved'],
    ['no stage', 'capacity/pool_1'],
    ['only a book', 'quota'],
    ['nothing', ''],
  ])('does not read %s', (_name, path) => {
    expect(parseAccount(path)).toBeNull();
  });

  test('accounts of different owners never meet', () => {
    const id = fc.stringMatching(/^[a-z0-9_]{1,12}$/);
    fc.assert(
      fc.property(id, id, id, id, (poolA, lineA, poolB, lineB) => {
        fc.pre(poolA !== poolB || lineA !== lineB);
        expect(capacityAccounts.held(poolA, lineA)).not.toBe(capacityAccounts.held(poolB, lineB));
      }),
    );
  });
});

describe('commodities', () => {
  test('a resource of one pool is not that of another, and neither is quota', () => {
    const made = resourceNames.flatMap((resource) => [
      capacityCommodity('pool_1', resource),
      capacityCommodity('pool_2', resource),
      quotaCommodity(resource),
    ]);
    expect(new Set(made).size).toBe(made.length);
  });
});
