import { expect, test } from 'vitest';
import { movesOf } from './move-lines.tsx';

test('only lines that go elsewhere are moved', () => {
  expect(movesOf({ ln_1: 'pool_2', ln_2: '' })).toEqual([{ lineId: 'ln_1', poolId: 'pool_2' }]);
});
