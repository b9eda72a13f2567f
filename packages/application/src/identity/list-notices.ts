import { waitingAmong } from '@yunheng/db/queries/inbox';
import { noticesOf } from '@yunheng/db/queries/notices';
import { requestsByIds, tasksOfRequests } from '@yunheng/db/queries/requests';
import { wholeProvince } from '@yunheng/db/scope';
import type { Row } from '@yunheng/db/store';
import {
  noticeStanding,
  type NoticedRequest,
  type NoticeStanding,
} from '@yunheng/domain/quota/notice-standing';
import { ok } from '@yunheng/kernel/result';
import type { Call, Deps, Outcome } from '../deps.ts';

/** Enough for the panel of the console. */
const shown = 200;

export interface NoticeRow extends Pick<
  Row<'notices'>,
  'id' | 'kind' | 'code' | 'params' | 'requestId' | 'createdAt' | 'readAt'
> {
  readonly standing: NoticeStanding;
}

/** A person's notices, each with whether it still asks for something. Looking at them reads none of them. */
export async function listNotices(deps: Deps, call: Call): Outcome<NoticeRow[]> {
  const rows = await noticesOf(deps.store, call.actor.userId, shown);
  const requests = await requestsOf(deps, call, rows);
  return ok(
    rows.map(({ id, kind, code, params, requestId, createdAt, readAt }) => {
      const request = requests.get(requestId ?? '') ?? null;
      const number = request?.number ?? null;
      return {
        id,
        kind,
        code,
        // A notice of a submission was written before its request had a number.
        params: number === null ? params : { number, ...params },
        requestId,
        createdAt,
        readAt,
        standing: noticeStanding({ kind, code }, request),
      };
    }),
  );
}

interface Numbered extends NoticedRequest {
  readonly number: string | null;
}

/** Whoever was told of a request may know its number, although a role was taken away since. */
async function requestsOf(
  { store }: Deps,
  { actor }: Call,
  notices: readonly Row<'notices'>[],
): Promise<ReadonlyMap<string, Numbered>> {
  const asked = notices.filter(
    ({ kind, params }) => kind === 'act' || typeof params['number'] !== 'string',
  );
  const requestIds = [...new Set(asked.flatMap(({ requestId }) => requestId ?? []))];
  if (requestIds.length === 0) return new Map<string, Numbered>();
  const [rows, inbox, tasks] = await Promise.all([
    requestsByIds(store, wholeProvince, requestIds),
    waitingAmong(store, actor.grants, { viewerId: actor.userId, requestIds }),
    tasksOfRequests(store, requestIds),
  ]);
  const vacating = new Set(
    tasks.filter(({ state }) => state === 'waiting_vacate').map(({ requestId }) => requestId),
  );
  return new Map(
    rows.map(({ id, number, state }) => [
      id,
      { number, state, inInbox: inbox.has(id), vacating: vacating.has(id) },
    ]),
  );
}
