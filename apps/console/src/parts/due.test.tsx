import { describe, expect, test } from 'vitest';
import { daysUntil } from './due.tsx';

const at = (text: string) => Date.parse(`${text}+08:00`);

describe('daysUntil', () => {
  test.each([
    ['2026-11-25T09:00', '2026-11-25T18:00', 0],
    ['2026-11-25T23:59', '2026-11-26T00:01', 1],
    ['2026-11-25T00:01', '2026-11-27T18:00', 2],
    ['2026-11-25T09:00', '2026-11-24T18:00', -1],
    ['2026-11-25T07:30', '2026-11-25T08:30', 0],
  ])('from %s to %s are %d Beijing days', (now, due, days) => {
    expect(daysUntil(at(due), at(now))).toBe(days);
  });
});
