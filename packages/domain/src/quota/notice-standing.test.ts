import { expect, test } from 'vitest';
import { noticeStanding, type NoticedRequest } from './notice-standing.ts';

const request = (of: Partial<NoticedRequest>): NoticedRequest => ({
  state: 'in_review',
  inInbox: false,
  vacating: false,
  ...of,
});

test.each([
  ['request_waits', request({ inInbox: true }), request({})],
  ['request_returned', request({ state: 'returned' }), request({ state: 'in_review' })],
  ['task_waiting_vacate', request({ vacating: true }), request({ state: 'approved' })],
  ['task_failed', request({ state: 'failed' }), request({ state: 'approved' })],
])('%s waits until somebody has acted, then it is done', (code, before, after) => {
  expect(noticeStanding({ kind: 'act', code }, before)).toBe('waits');
  expect(noticeStanding({ kind: 'act', code }, after)).toBe('done');
});

test('what no request tells of waits until it is read, and what is only told never waits', () => {
  expect(noticeStanding({ kind: 'act', code: 'access_not_revoked' }, null)).toBe('waits');
  expect(noticeStanding({ kind: 'told', code: 'request_rejected' }, request({}))).toBe('told');
});
