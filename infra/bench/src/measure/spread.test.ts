import { describe, expect, test } from 'vitest';
import type { Round } from './rounds.ts';
import { ratioOf, spreadOf } from './spread.ts';

const round = (ours: number, peer: number): Round => ({
  correct: true,
  samples: new Map([
    ['ours', { rate: ours, cpuMsPerOperation: null }],
    ['peer', { rate: peer, cpuMsPerOperation: null }],
  ]),
});

describe('the middle of several figures', () => {
  test('is one of them when their number is odd, and between two when it is even', () => {
    expect(spreadOf([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
    expect(spreadOf([4, 1, 2, 3])).toEqual({ median: 2.5, min: 1, max: 4 });
  });
});

describe('a ratio', () => {
  test('is taken within each round, so that a slow round of both sides changes nothing', () => {
    const rounds = [round(100, 50), round(10, 5), round(40, 20)];
    expect(ratioOf(rounds, 'ours/peer')).toEqual({ median: 2, min: 2, max: 2 });
  });

  test('with a side that never ran is not a number', () => {
    expect(ratioOf([round(1, 1)], 'ours/absent').median).toBeNaN();
  });
});
