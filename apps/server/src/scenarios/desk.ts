import type { Call } from '@yunheng/application/deps';
import { decideRequest } from '@yunheng/application/requests/decide';
import { grantsInForce } from '@yunheng/db/queries/identity';
import { balancesByScope } from '@yunheng/db/queries/balances';
import { pools } from '@yunheng/db/queries/estate';
import { allocationsByIds, eventsOf, requestById, tasksOf } from '@yunheng/db/queries/requests';
import { wholeProvince } from '@yunheng/db/scope';
import type { Row } from '@yunheng/db/store';
import type { ResourceName } from '@yunheng/domain/catalog/resources';
import type { DomainError } from '@yunheng/kernel/errors';
import { invariant } from '@yunheng/kernel/invariant';
import type { Result } from '@yunheng/kernel/result';
import { submit, type Wish } from '@yunheng/testkit/carry-request';
import type { PersonName } from '@yunheng/testkit/people';
import type { World } from './world.ts';

/** The call of a person with the rights that the database gives them now, as the server resolves them each time. */
export async function callOf(world: World, person: PersonName): Promise<Call> {
  const { deps } = world;
  const { actor, ...call } = world.as(person);
  const held = await grantsInForce(deps.store, [actor.userId], deps.clock.business());
  const tenantIds = held.flatMap(({ tenantId }) => (tenantId === null ? [] : [tenantId]));
  const grants = held.map(({ grant: { role, departmentId } }) => ({ role, departmentId }));
  return { ...call, actor: { ...actor, tenantIds: [...new Set(tenantIds)], grants } };
}

export function done<T>(result: Result<T, DomainError>): T {
  invariant(result.ok, result.ok ? '' : `refused: ${JSON.stringify(result.error)}`);
  return result.value;
}

export const submitted = async (world: World, wish: Wish): Promise<string> =>
  done(await submit(world, wish)).id;

export async function read({ deps }: World, id: string): Promise<Row<'quotaRequests'>> {
  const row = await requestById(deps.store, wholeProvince, id);
  invariant(row !== null, 'a request that was submitted can be read');
  return row;
}

export async function decide(
  world: World,
  person: PersonName,
  of: { id: string } & Partial<Parameters<typeof decideRequest>[2]>,
): ReturnType<typeof decideRequest> {
  const { version, digest } = await read(world, of.id);
  const usual = {
    version,
    digest: digest ?? '',
    decision: 'approve',
    opinion: '',
    moves: [],
  } as const;
  return decideRequest(world.deps, await callOf(world, person), { ...usual, ...of });
}

/** Both decisions, one after the other. */
export async function approve(
  world: World,
  id: string,
  head: PersonName = 'rsj-head',
): Promise<void> {
  for (const person of [head, 'operator'] as const) done(await decide(world, person, { id }));
}

export async function taskOf({ deps }: World, id: string): Promise<Row<'provisioningTasks'>> {
  const [task] = await tasksOf(deps.store, id);
  invariant(task !== undefined, 'an approved request has a task');
  return task;
}

export async function allocationOf(world: World, id: string): Promise<Row<'allocations'>> {
  const { allocationId } = await taskOf(world, id);
  const [allocation] = await allocationsByIds(world.deps.store, [allocationId]);
  invariant(allocation !== undefined, 'a task names an allocation');
  return allocation;
}

/** Waits until the request is where it shall be, and answers with it. */
export async function reached(
  world: World,
  id: string,
  state: Row<'quotaRequests'>['state'],
): Promise<Row<'quotaRequests'>> {
  await world.until(`${id} is ${state}`, async () => (await read(world, id)).state === state);
  return read(world, id);
}

export const taskReached = (
  world: World,
  id: string,
  state: Row<'provisioningTasks'>['state'],
): Promise<void> =>
  world.until(`task of ${id} is ${state}`, async () => (await taskOf(world, id)).state === state);

/** Submitted, approved and carried out. */
export async function fulfilled(world: World, wish: Wish): Promise<string> {
  const id = await submitted(world, wish);
  await approve(world, id, wish.system.startsWith('wjw') ? 'wjw-head' : 'rsj-head');
  await reached(world, id, 'fulfilled');
  return id;
}

/** Kinds of the timeline; of a step its name as well. */
export async function timeline({ deps }: World, id: string): Promise<readonly string[]> {
  const events = await eventsOf(deps.store, id, null);
  return events.map(({ kind, params }) =>
    kind === 'task_step' ? `step ${String(params['step'])}` : kind,
  );
}

/** What one pool has left, from the ledger. */
export async function freeIn(
  { deps }: World,
  code: string,
  resource: ResourceName,
): Promise<number> {
  const pool = await poolNamed(deps.store, code);
  const balances = await balancesByScope(deps.store, 'capacity', pool.id);
  const free = balances.filter(
    (row) => row.stage === 'free' && row.commodity.endsWith(`:${resource}`),
  );
  return free.reduce((sum, row) => sum + row.balance, 0);
}

export async function poolNamed(
  store: World['deps']['store'],
  code: string,
): Promise<Row<'pools'>> {
  const pool = (await pools(store)).find((row) => row.code === code);
  invariant(pool !== undefined, `there is a pool ${code}`);
  return pool;
}
