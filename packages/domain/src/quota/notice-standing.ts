import type { RequestState } from './request.ts';

/** `waits` for this person, has been `done` by somebody, or only `told`. */
export type NoticeStanding = 'waits' | 'done' | 'told';

/** How the request that a notice is about stands now. */
export interface NoticedRequest {
  readonly state: RequestState;
  /** It waits for a decision of this very person. */
  readonly inInbox: boolean;
  readonly vacating: boolean;
}

/** What asked for an act asks no more once somebody has acted. What no request tells of waits until it is read. */
export function noticeStanding(
  { kind, code }: { readonly kind: 'act' | 'told'; readonly code: string },
  request: NoticedRequest | null,
): NoticeStanding {
  if (kind === 'told') return 'told';
  return request === null || isWaiting(code, request) ? 'waits' : 'done';
}

function isWaiting(code: string, { state, inInbox, vacating }: NoticedRequest): boolean {
  switch (code) {
    case 'request_waits':
      return inInbox;
    case 'request_returned':
      return state === 'returned';
    case 'task_waiting_vacate':
      return vacating;
    case 'task_failed':
      return state === 'failed';
    default:
      return true;
  }
}
