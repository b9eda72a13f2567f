import { expect, test } from 'vitest';
import { invariant, InvariantError, unreachable } from './invariant.ts';

test.each([false, 0, '', null, undefined])('stops at %s with the message it was given', (value) => {
  expect(() => invariant(value, 'a chain has steps')).toThrow(
    new InvariantError('a chain has steps'),
  );
});

test.each([true, 1, 'x', {}])('lets %s pass', (value) => {
  expect(() => invariant(value, 'never')).not.toThrow();
});

test('a state that the types rule out is named when it comes all the same', () => {
  expect(() => unreachable('abandoned' as never)).toThrow('unreachable: "abandoned"'); // what a damaged row would be
});
