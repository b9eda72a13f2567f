import { balancesOfOwner } from '@yunheng/db/queries/balances';
import {
  grantsInForce,
  hasOtherOpenTask,
  liveHoldsOf,
  type TaskFacts,
} from '@yunheng/db/queries/provisioning';
import type { Insert, Row, Update } from '@yunheng/db/store';
import {
  resourceNames,
  type ResourceAmounts,
  type ResourceName,
} from '@yunheng/domain/catalog/resources';
import { allocateEntries, freeEntries } from '@yunheng/domain/ledger/book-entries';
import { causes } from '@yunheng/domain/ledger/causes';
import type { Cause, Entry, TransferDraft } from '@yunheng/domain/ledger/transfer';
import type { TaskKind } from '@yunheng/domain/provisioning/steps';
import type { RequestState } from '@yunheng/domain/quota/request';
import type { Instant } from '@yunheng/kernel/clock';
import type { Deps } from '../deps.ts';
import { systemCall } from '../identity/system-call.ts';
import { noticesToSeats, noticeTo } from '../requests/people.ts';
import { heldLine } from '../requests/release-holds.ts';
import type { TaskRows } from './task-writer.ts';

/** What the cluster has confirmed: totals that stand from now on, and the namespace that carries them. */
export interface Confirmed {
  readonly uid: string | null;
  readonly amounts: ResourceAmounts;
}

/**
 * Everything that becomes true when the cluster shows what was approved, or shows that it is gone: both books, the
 * holds, the allocation, its grants, the request. One Change: nobody ever sees half of it.
 */
export async function finishRows(
  deps: Deps,
  facts: TaskFacts,
  confirmed: Confirmed,
): Promise<TaskRows> {
  const { task, allocation, request, pool } = facts;
  const now = deps.clock.business();
  const [holds, balances, othersOpen, grants, notices] = await Promise.all([
    liveHoldsOf(deps.store, request.id, pool.id),
    balancesOfOwner(deps.store, allocation.id),
    hasOtherOpenTask(deps.store, task),
    grantsInForce(deps.store, allocation.id),
    noticesOf(deps, facts),
  ]);
  // Billing instants are whole seconds, cut once, here; old and new share this one (design 7, Meters).
  const effectiveAt = Math.floor(now / 1000) * 1000;
  const removed = task.kind === 'release';
  return {
    transfers: transfersOf(deps, facts, { holds, balances, confirmed, effectiveAt }),
    allocation: removed
      ? { state: 'removed', removedAt: effectiveAt, desired: {} }
      : {
          state: 'active',
          desired: confirmed.amounts,
          namespaceUid: confirmed.uid,
          activatedAt: allocation.activatedAt ?? effectiveAt,
        },
    updates: [
      ...holds.map((hold): Update => ({
        table: 'holds',
        key: hold.id,
        version: hold.version,
        set: { state: 'allocated', endedAt: now },
      })),
      ...grants.flatMap((grant) => grantUpdates(grant, { facts, effectiveAt })),
      // Always written: of two tasks that end together the second reads again and sees that it is the last.
      {
        table: 'quotaRequests',
        key: request.id,
        version: request.version,
        set: othersOpen
          ? { updatedAt: now }
          : { state: endOf[task.kind], allocationId: allocation.id, updatedAt: now },
      },
    ],
    inserts: notices,
  };
}

const endOf = {
  open: 'fulfilled',
  change: 'fulfilled',
  release: 'fulfilled',
  restore: 'withdrawn',
} as const satisfies Record<TaskKind, RequestState>;

const noticeOf = {
  open: 'request_fulfilled',
  change: 'request_fulfilled',
  release: 'request_removed',
  restore: 'request_restored',
} as const satisfies Record<TaskKind, string>;

interface BookFacts {
  readonly holds: readonly Row<'holds'>[];
  readonly balances: readonly Row<'ledgerBalances'>[];
  readonly confirmed: Confirmed;
  readonly effectiveAt: Instant;
}

/** Holds become the allocation's; what stands beyond the confirmed totals goes back. */
function transfersOf(deps: Deps, facts: TaskFacts, of: BookFacts): readonly TransferDraft[] {
  const { task, allocation } = facts;
  const { holds, balances, confirmed, effectiveAt } = of;
  const lines = holds.map(heldLine);
  const standing = allocatedAmounts(balances);
  const surplus = resourceNames
    .map((resource) => {
      const held = lines.filter((line) => line.resource === resource);
      const total = held.reduce((sum, line) => sum + line.amount, standing[resource] ?? 0);
      return { resource, amount: total - (confirmed.amounts[resource] ?? 0) };
    })
    .filter(({ amount }) => amount > 0);
  const owner = {
    poolId: allocation.poolId,
    allocationId: allocation.id,
    departmentId: allocation.departmentId,
    systemId: allocation.systemId,
  };
  const draft = (cause: Cause, entries: readonly Entry[]): TransferDraft[] =>
    entries.length === 0 ? [] : [{ id: deps.ids.next('transfer'), cause, effectiveAt, entries }];
  return [
    ...draft(causes.allocate(task.id), allocateEntries(lines, owner)),
    ...draft(causes.free(task.id), freeEntries(surplus, owner)),
  ];
}

export function allocatedAmounts(balances: readonly Row<'ledgerBalances'>[]): ResourceAmounts {
  const amounts: Partial<Record<ResourceName, number>> = {};
  for (const { book, stage, commodity, balance } of balances) {
    if (book !== 'capacity' || stage !== 'allocated') continue;
    const resource = resourceNames.find((name) => commodity.endsWith(`:${name}`));
    if (resource !== undefined) amounts[resource] = balance;
  }
  return amounts;
}

/** This request's grant takes effect now; the one that it replaces ends at the same instant. */
function grantUpdates(
  grant: Row<'quotaGrants'>,
  { facts, effectiveAt }: { facts: TaskFacts; effectiveAt: Instant },
): readonly Update[] {
  const own = grant.requestId === facts.request.id;
  // What was restored stands on its old grant; the one that would have ended it never took effect.
  const ends = facts.task.kind === 'restore' ? own : !own || facts.task.kind === 'release';
  const set = {
    ...(own ? { effectiveFrom: effectiveAt } : {}),
    ...(ends ? { effectiveTo: effectiveAt } : {}),
  };
  return [{ table: 'quotaGrants', key: grant.id, version: grant.version, set }];
}

async function noticesOf(deps: Deps, facts: TaskFacts): Promise<readonly Insert[]> {
  const { request, allocation, task } = facts;
  const code = noticeOf[task.kind];
  const params = { number: request.number, namespace: allocation.namespace };
  const text = { kind: 'told', code, params, requestId: request.id } as const;
  const seat = { roles: ['head'], departmentId: request.departmentId } as const;
  // What the platform took over was nobody's application.
  const applicant =
    request.applicantId === systemCall.actor.userId
      ? []
      : [noticeTo(deps, request.applicantId, text)];
  return [...applicant, ...(await noticesToSeats(deps, seat, text))];
}
