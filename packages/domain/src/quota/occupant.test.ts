import { describe, expect, test } from 'vitest';
import { occupantProblem, type Occupant } from './occupant.ts';

const standing: Occupant = { kind: 'allocation', namespace: 'yh-rsj-jyfw-prod' };
const asked: Occupant = { kind: 'request', number: '配申〔2026〕7 号' };

describe('occupantProblem', () => {
  test('nobody is there: nothing is in the way', () => {
    expect(occupantProblem([])).toBeNull();
  });

  test('names the request that asks for the same', () => {
    expect(occupantProblem([asked])).toEqual({
      code: 'request.new_under_way',
      params: { number: '配申〔2026〕7 号' },
    });
  });

  test('names what can be changed today before what is only asked for', () => {
    expect(occupantProblem([asked, standing])).toEqual({
      code: 'request.allocation_exists',
      params: { namespace: 'yh-rsj-jyfw-prod' },
    });
  });

  test.each([
    [{ kind: 'request', number: null }, 'request.new_under_way'],
    [{ kind: 'allocation', namespace: null }, 'request.allocation_exists'],
  ] as const)('leaves out what the reader may not know: %j', (occupant, code) => {
    expect(occupantProblem([occupant])).toEqual({ code, params: {} });
  });
});
