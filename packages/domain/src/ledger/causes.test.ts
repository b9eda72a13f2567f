import { describe, expect, test } from 'vitest';
import { causes } from './causes.ts';
import { causeKinds } from './transfer.ts';

const key = { requestId: 'qr_1', revision: 2, attempt: 1 };

describe('causes', () => {
  test('the same act has the same cause, so that a retry meets its first outcome', () => {
    expect(causes.hold({ ...key })).toEqual(causes.hold(key));
  });

  test.each([
    ['another attempt', { ...key, attempt: 2 }],
    ['another revision', { ...key, revision: 3 }],
    ['another request', { ...key, requestId: 'qr_2' }],
  ])('%s is another cause', (_name, other) => {
    expect(causes.hold(other)).not.toEqual(causes.hold(key));
  });

  test('withdrawal and expiry of one hold share one cause: only one of them can happen (law L4)', () => {
    expect(causes.release(key)).toEqual({ kind: 'hold_release', id: 'qr_1:2:1' });
  });

  test('hold and release of one hold are two causes', () => {
    expect(causes.hold(key)).not.toEqual(causes.release(key));
  });

  test('every kind is one that the ledger knows', () => {
    const made = [
      causes.hold(key),
      causes.release(key),
      causes.move('dec_1'),
      causes.allocate('tsk_1'),
      causes.free('tsk_1'),
    ];
    expect(made.filter((cause) => !causeKinds.includes(cause.kind))).toEqual([]);
  });
});
