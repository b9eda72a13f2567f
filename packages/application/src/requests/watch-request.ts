import { displayNames, eventsOf, requestById } from '@yunheng/db/queries/requests';
import type { Row } from '@yunheng/db/store';
import { scopeOf } from '@yunheng/domain/identity/policy';
import { domainError, type ErrorParams } from '@yunheng/kernel/errors';
import { err, ok } from '@yunheng/kernel/result';
import { authorize } from '../authorize.ts';
import type { Call, Deps, Outcome } from '../deps.ts';
import { isForeignDraft } from './open-case.ts';

export interface EventView {
  readonly id: string;
  readonly at: number;
  readonly kind: string;
  readonly actor: string | null;
  readonly params: ErrorParams;
}

export interface WatchedEvent {
  readonly event: EventView;
  readonly state: Row<'quotaRequests'>['state'];
}

/** Events after the last one that the reader has: what a broken stream resumes from. Rights are asked anew each time. */
export async function requestEventsAfter(
  deps: Deps,
  call: Call,
  input: { readonly id: string; readonly lastEventId: string | null },
): Outcome<WatchedEvent[]> {
  const request = await requestById(deps.store, scopeOf(call.actor), input.id);
  if (request === null || isForeignDraft(request, call))
    return err(domainError('access.not_found'));
  const allowed = authorize(call.actor, 'requests.watch', {
    tenantId: request.tenantId,
    departmentId: request.departmentId,
  });
  if (!allowed.ok) return allowed;
  const views = await eventViews(deps, await eventsOf(deps.store, input.id, input.lastEventId));
  return ok(views.map((event) => ({ event, state: request.state })));
}

export async function eventViews(
  deps: Deps,
  rows: readonly Row<'requestEvents'>[],
): Promise<EventView[]> {
  const ids = [...new Set(rows.flatMap((row) => (row.actorId === null ? [] : [row.actorId])))];
  const people = ids.length === 0 ? new Map<string, string>() : await displayNames(deps.store, ids);
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    kind: row.kind,
    actor: row.actorId === null ? null : (people.get(row.actorId) ?? null),
    params: row.params,
  }));
}
