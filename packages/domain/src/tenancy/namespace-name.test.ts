import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvariantError } from '@yunheng/kernel/invariant';
import { codeMax, isCode, namespaceName, namespaceNameMax } from './namespace-name.ts';

const code = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,14}[a-z0-9])?$/);
const parts = { department: 'rsj', system: 'jyfw', environment: 'prod', ordinal: 1 } as const;

describe('namespaceName', () => {
  test.each([
    [{}, 'yh-rsj-jyfw-prod'],
    [{ environment: 'test' }, 'yh-rsj-jyfw-test'],
    [{ ordinal: 2 }, 'yh-rsj-jyfw-prod-2'],
    [{ department: 'wjw', system: 'dzbl-2', ordinal: 11 }, 'yh-wjw-dzbl-2-prod-11'],
  ] as const)('%j gives %s', (overrides, want) => {
    expect(namespaceName({ ...parts, ...overrides })).toBe(want);
  });

  test('every name of registered codes is a DNS label that Kubernetes takes', () => {
    fc.assert(
      fc.property(
        code,
        code,
        code,
        fc.integer({ min: 1, max: 9_999 }),
        (department, system, environment, ordinal) => {
          const name = namespaceName({ department, system, environment, ordinal });
          expect(name.length).toBeLessThanOrEqual(namespaceNameMax);
          expect(name).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
        },
      ),
    );
  });

  test('another ordinal is another name', () => {
    const made = Array.from({ length: 50 }, (_, index) =>
      namespaceName({ ...parts, ordinal: index + 1 }),
    );
    expect(new Set(made).size).toBe(50);
  });

  test.each([
    ['no code at all', { department: '' }],
    ['upper case', { department: 'RSJ' }],
    ['Chinese', { system: '就业' }],
    ['a point', { system: 'a.b' }],
    ['a leading hyphen', { system: '-a' }],
    ['a code too long to leave room', { system: 'a'.repeat(codeMax + 1) }],
    ['an environment that is no code', { environment: 'Prod' }],
    ['ordinal zero', { ordinal: 0 }],
    ['a fractional ordinal', { ordinal: 1.5 }],
  ])('stops at %s instead of cutting or cleaning it', (_name, overrides) => {
    expect(() => namespaceName({ ...parts, ...overrides })).toThrow(InvariantError);
  });
});

describe('isCode', () => {
  test.each(['rsj', 'a', '0', 'gd-rsj', 'x'.repeat(codeMax)])('registers %s', (text) => {
    expect(isCode(text)).toBe(true);
  });

  test.each(['', '-', 'a-', '-a', 'A', 'a_b', 'a b', 'ä', 'x'.repeat(codeMax + 1)])(
    'refuses "%s"',
    (text) => {
      expect(isCode(text)).toBe(false);
    },
  );
});
