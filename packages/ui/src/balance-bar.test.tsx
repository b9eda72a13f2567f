import { cleanup, render, screen } from '@solidjs/testing-library';
import { afterEach, describe, expect, test } from 'vitest';
import { BalanceBar, shareOf } from './balance-bar.tsx';
import './styles/index.css';

afterEach(cleanup);

describe('BalanceBar', () => {
  test('is a picture with the same fact as a sentence', () => {
    render(() => (
      <BalanceBar
        total={4_096}
        parts={[
          { part: 'alloc', amount: 3_072 },
          { part: 'held', amount: 512 },
          { part: 'this', amount: 0 },
        ]}
        limit={3_686}
        label="可承诺 4,096 核：已分配 3,072，预占 512，可用 512"
      />
    ));
    const bar = screen.getByRole('img', { name: /可用 512/u });
    const parts = [...bar.querySelectorAll('i')];
    expect(parts.map((part) => [part.className, part.style.getPropertyValue('--v')])).toEqual([
      ['alloc', '75'],
      ['held', '12.5'],
    ]);
    expect(bar.querySelector('b')?.style.getPropertyValue('--at')).toBe('89.99');
  });

  test('draws each part as wide as its share', () => {
    render(() => (
      <div style={{ width: '400px' }}>
        <BalanceBar total={100} parts={[{ part: 'alloc', amount: 25 }]} label="25" />
      </div>
    ));
    const part = screen.getByRole('img').querySelector('i');
    expect(part?.getBoundingClientRect().width).toBeCloseTo(100, 0);
  });

  test.each([
    [1, 3, 33.33],
    [0, 10, 0],
    [5, 0, 0],
  ])('%d of %d is %d per cent', (amount, total, want) => {
    expect(shareOf(amount, total)).toBe(want);
  });
});
