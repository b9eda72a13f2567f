import { inboxDone, inboxTodo } from '@yunheng/db/queries/inbox';
import { requestsPage } from '@yunheng/db/queries/requests';
import type { Row } from '@yunheng/db/store';
import { scopeOf } from '@yunheng/domain/identity/policy';
import { ok } from '@yunheng/kernel/result';
import type { Call, Deps, Outcome } from '../deps.ts';
import { requestRows, type RequestRow } from './request-rows.ts';

export interface Page<T> {
  readonly rows: T[];
  readonly total: number;
  readonly page: number;
  readonly size: number;
  readonly at: number;
}

export interface ListRequestsInput {
  readonly state?: Row<'quotaRequests'>['state'] | undefined;
  readonly kind?: Row<'quotaRequests'>['kind'] | undefined;
  readonly department?: string | undefined;
  readonly node?: string | undefined;
  readonly system?: string | undefined;
  readonly search?: string | undefined;
  readonly sort: 'updated' | 'due' | 'submitted' | 'number';
  readonly order: 'asc' | 'desc';
  readonly page: number;
  readonly size: number;
}

/** Requests that the reader may see: a tenant's own, or the province's; drafts only one's own. */
export async function listRequests(
  deps: Deps,
  call: Call,
  input: ListRequestsInput,
): Outcome<Page<RequestRow>> {
  const { rows, total } = await requestsPage(deps.store, scopeOf(call.actor), {
    states: input.state === undefined ? undefined : [input.state],
    kind: input.kind,
    departmentId: input.department,
    cloudNodeId: input.node,
    systemId: input.system,
    search: input.search,
    viewerId: call.actor.userId,
    sort: input.sort,
    order: input.order,
    page: input.page,
    size: input.size,
  });
  return ok(await pageOf(deps, { rows, total }, input));
}

export interface InboxInput {
  readonly box: 'todo' | 'done';
  readonly sort: 'due' | 'submitted' | 'amount';
  readonly page: number;
  readonly size: number;
}

/** What waits for a decision of this person's roles, or what they have decided. */
export async function listInbox(
  deps: Deps,
  call: Call,
  input: InboxInput,
): Outcome<Page<RequestRow>> {
  if (input.box === 'done')
    return ok(await pageOf(deps, await inboxDone(deps.store, call.actor.userId, input), input));
  const viewerId = call.actor.userId;
  const todo = await inboxTodo(deps.store, call.actor.grants, { ...input, viewerId });
  return ok(await pageOf(deps, todo, input));
}

async function pageOf(
  deps: Deps,
  found: { rows: readonly Row<'quotaRequests'>[]; total: number },
  input: { page: number; size: number },
): Promise<Page<RequestRow>> {
  const rows = await requestRows(deps, found.rows);
  return {
    rows,
    total: found.total,
    page: input.page,
    size: input.size,
    at: deps.clock.business(),
  };
}
