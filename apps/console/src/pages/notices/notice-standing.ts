import type { NoticeRow, RequestRow } from '../../api/types.ts';

/** What the page knows of the requests that its notices are about. */
export type KnownRequests = {
  rows: ReadonlyMap<string, Pick<RequestRow, 'number' | 'state' | 'taskState'>>;
  /** Ids in this person's inbox; undefined while not all of them are known. */
  inbox: ReadonlySet<string> | undefined;
  /** When the older of the two was read: it knows nothing of what came later. */
  at: number;
};

/** A row carries the time at which its writing began. */
const writingMilliseconds = 10_000;

/** `waits` for this person, has been `done` by somebody, or only `told`. */
export type NoticeStanding = 'waits' | 'done' | 'told';

/** What cannot be known is taken to wait: nothing is called done that may not be. */
export function standingOf(notice: NoticeRow, known: KnownRequests): NoticeStanding {
  if (notice.kind === 'told') return 'told';
  return waitsStill(notice, known) ? 'waits' : 'done';
}

function waitsStill(
  { code, requestId, createdAt }: NoticeRow,
  { rows, inbox, at }: KnownRequests,
): boolean {
  if (requestId === null || createdAt > at - writingMilliseconds) return true;
  if (code === 'request_waits') return inbox?.has(requestId) ?? true;
  const request = rows.get(requestId);
  if (request === undefined) return true;
  if (code === 'request_returned') return request.state === 'returned';
  return code === 'task_waiting_vacate' ? request.taskState === 'waiting_vacate' : true;
}

/** A notice of a submission was written before its request had a number. */
export function withNumber(
  { params, requestId }: NoticeRow,
  { rows }: KnownRequests,
): NoticeRow['params'] {
  const number = requestId === null ? undefined : rows.get(requestId)?.number;
  return number === undefined || number === null ? params : { number, ...params };
}

/** Whether the notices need to be looked up among the requests at all. */
export function needsRequests(notice: NoticeRow): boolean {
  return (
    notice.requestId !== null &&
    (typeof notice.params['number'] !== 'string' ||
      (notice.kind === 'act' && notice.code !== 'request_waits'))
  );
}
