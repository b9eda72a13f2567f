import { describe, expect, test } from 'vitest';
import type { NoticeRow } from '../../api/types.ts';
import { needsRequests, standingOf, withNumber } from './notice-standing.ts';
import type { KnownRequests } from './notice-standing.ts';

const aNotice = (over: Partial<NoticeRow>): NoticeRow => ({
  id: 'ntc_1',
  kind: 'act',
  code: 'request_waits',
  params: {},
  requestId: 'qr_1',
  createdAt: 0,
  readAt: null,
  ...over,
});
const known = (over: Partial<KnownRequests>): KnownRequests => ({
  rows: new Map(),
  inbox: undefined,
  at: 60_000,
  ...over,
});
const row = (state: 'returned' | 'in_review' | 'approved', taskState: string | null = null) =>
  new Map([['qr_1', { number: '配申〔2026〕7 号', state, taskState }]]);

describe('the standing of a notice', () => {
  test('what asked for a decision is done once the request has left the inbox', () => {
    expect(standingOf(aNotice({}), known({ inbox: new Set(['qr_1']) }))).toBe('waits');
    expect(standingOf(aNotice({}), known({ inbox: new Set() }))).toBe('done');
  });

  test('a notice that is younger than the reading of the inbox waits', () => {
    expect(standingOf(aNotice({ createdAt: 59_000 }), known({ inbox: new Set() }))).toBe('waits');
  });

  test('while the inbox is not known nothing is called done', () => {
    expect(standingOf(aNotice({ readAt: 1 }), known({}))).toBe('waits');
  });

  test('what was returned is done once it was sent again', () => {
    const returned = aNotice({ code: 'request_returned' });
    expect(standingOf(returned, known({ rows: row('returned') }))).toBe('waits');
    expect(standingOf(returned, known({ rows: row('in_review') }))).toBe('done');
    expect(standingOf(returned, known({}))).toBe('waits');
  });

  test('what had to be vacated is done once the change no longer waits', () => {
    const vacate = aNotice({ code: 'task_waiting_vacate' });
    expect(standingOf(vacate, known({ rows: row('approved', 'waiting_vacate') }))).toBe('waits');
    expect(standingOf(vacate, known({ rows: row('approved', 'running') }))).toBe('done');
  });

  test('what no request tells of waits until the person has read it', () => {
    const access = aNotice({ code: 'access_not_revoked', requestId: null });
    expect(standingOf(access, known({ inbox: new Set() }))).toBe('waits');
    expect(needsRequests(access)).toBe(false);
  });

  test('the number of the request is added where the notice was written before it had one', () => {
    expect(
      withNumber(aNotice({ params: { system: '社保' } }), known({ rows: row('approved') })),
    ).toEqual({
      number: '配申〔2026〕7 号',
      system: '社保',
    });
    const numbered = aNotice({ params: { number: '配申〔2026〕1 号' } });
    expect(withNumber(numbered, known({ rows: row('approved') }))).toEqual(numbered.params);
    expect(needsRequests(numbered)).toBe(false);
  });
});
