import type { Call, Deps } from '@yunheng/application/deps';
import { decideRequest } from '@yunheng/application/requests/decide';
import type { DecideInput } from '@yunheng/application/requests/decision';
import { submitRequest, type SubmitInput } from '@yunheng/application/requests/submit';
import { balancesByScope } from '@yunheng/db/queries/balances';
import { pools } from '@yunheng/db/queries/estate';
import { linesOf, tasksOf } from '@yunheng/db/queries/requests';
import type { Row } from '@yunheng/db/store';
import type { ResourceName } from '@yunheng/domain/catalog/resources';
import type { Book } from '@yunheng/domain/ledger/accounts';
import type { RequestContent } from '@yunheng/domain/quota/request';
import type { DomainError } from '@yunheng/kernel/errors';
import { invariant } from '@yunheng/kernel/invariant';
import type { Result } from '@yunheng/kernel/result';
import { contentOf, read, submit, type Wish } from './carry-request.ts';
import type { StaffedProvince } from './office.ts';
import type { PersonName } from './people.ts';

/** By name for the people of every test, by call for those whom a test made itself. */
export type Somebody = PersonName | Call;

const callOf = (office: StaffedProvince, who: Somebody): Call =>
  typeof who === 'string' ? office.as(who) : who;

/** The value of an outcome that a test needs to have worked. */
export function done<T>(result: Result<T, DomainError>): T {
  invariant(result.ok, result.ok ? '' : `refused: ${JSON.stringify(result.error)}`);
  return result.value;
}

/** The error of an outcome that a test needs to have been refused. */
export function refused<T>(result: Result<T, DomainError>): DomainError {
  invariant(!result.ok, result.ok ? `done: ${JSON.stringify(result.value)}` : '');
  return result.error;
}

export const submitted = async (office: StaffedProvince, wish: Wish): Promise<string> =>
  done(await submit(office, wish)).id;

/** A submission of exactly this content, with whatever else a test wants to say differently. */
export function submitContent(
  office: StaffedProvince,
  who: Somebody,
  of: { content: RequestContent } & Partial<SubmitInput>,
): ReturnType<typeof submitRequest> {
  const idempotencyKey = office.deps.ids.next('httpRequest');
  const input = { id: null, version: null, idempotencyKey, ...of };
  return submitRequest(office.deps, callOf(office, who), input);
}

/** One more place in a content: lines of several pools in one request. */
export const withLinesOf = (
  office: StaffedProvince,
  wish: Wish,
  ...more: readonly Wish[]
): RequestContent => ({
  ...contentOf(office, wish),
  lines: [wish, ...more].flatMap((one) => contentOf(office, one).lines),
});

/** Approves what the decider would have on the screen; a test says what is different. */
export async function decided(
  office: StaffedProvince,
  who: Somebody,
  of: { id: string } & Partial<DecideInput>,
): ReturnType<typeof decideRequest> {
  const { version, digest } = await read(office, of.id);
  const usual = { version, digest: digest ?? '', decision: 'approve', opinion: '', moves: [] };
  return decideRequest(office.deps, callOf(office, who), { ...usual, ...of } as DecideInput); // `of` only narrows
}

export const poolNamed = async (office: StaffedProvince, code: string): Promise<Row<'pools'>> => {
  const found = (await pools(office.deps.store)).find((pool) => pool.code === code);
  invariant(found !== undefined, `there is a pool ${code}`);
  return found;
};

export const linesNow = async (office: StaffedProvince, id: string) =>
  linesOf(office.deps.store, id, (await read(office, id)).revision);

export interface Standing {
  readonly free: number;
  readonly held: number;
  readonly taken: number;
}

/** What the ledger says of one resource of a pool. */
export const capacityOf = async (
  office: StaffedProvince,
  pool: string,
  resource: ResourceName = 'cpu',
): Promise<Standing> =>
  standingOf(office, { book: 'capacity', scope: (await poolNamed(office, pool)).id, resource });

/** What the ledger says of one resource of a department's entitlement. */
export const quotaOf = (
  office: StaffedProvince,
  department: string,
  resource: ResourceName = 'cpu',
): Promise<Standing> =>
  standingOf(office, {
    book: 'quota',
    scope: office.names.departments.get(department)?.id ?? '',
    resource,
  });

async function standingOf(
  office: StaffedProvince,
  of: { book: Book; scope: string; resource: ResourceName },
): Promise<Standing> {
  const rows = (await balancesByScope(office.deps.store, of.book, of.scope)).filter(
    ({ commodity }) => commodity.endsWith(`:${of.resource}`),
  );
  const total = (...stages: readonly string[]) =>
    rows.filter(({ stage }) => stages.includes(stage)).reduce((sum, row) => sum + row.balance, 0);
  return { free: total('free'), held: total('held'), taken: total('allocated', 'system') };
}

/** How many rows there are of everything that a use case may write: equal before and after means that nothing was. */
export async function rowCounts({ deps }: StaffedProvince): Promise<Record<string, number>> {
  const { tables, read: reader } = deps.store;
  const names = Object.keys(tables) as (keyof typeof tables)[]; // keys of a closed object
  const counts = await Promise.all(
    names.map(async (name) => [name, await reader.$count(tables[name])] as const),
  );
  return Object.fromEntries(counts);
}

/** The only task of a request that was approved. */
export async function taskOf(
  { deps }: StaffedProvince,
  requestId: string,
): Promise<Row<'provisioningTasks'>> {
  const [task] = await tasksOf(deps.store, requestId);
  invariant(task !== undefined, 'an approved request has a task');
  return task;
}

/** Somebody else is faster: their act happens between what a use case has read and its first commit. */
export function overtaken(deps: Deps, act: () => Promise<unknown>): Deps {
  let waiting = true;
  return {
    ...deps,
    store: {
      ...deps.store,
      commit: async (change) => {
        if (waiting) {
          waiting = false;
          await act();
        }
        return deps.store.commit(change);
      },
    },
  };
}
