import { openStanding } from '@yunheng/application/estate/open-standing';
import { systemCall } from '@yunheng/application/identity/system-call';
import { invariant } from '@yunheng/kernel/invariant';
import { approved, submit } from './carry-request.ts';
import type { Office } from './office.ts';
import { smallStanding } from './small-province.ts';

/**
 * A province in the middle of its work: standing rights, a fulfilled and a changed request, one in review, one that
 * was refused for lack of capacity, and the audit sealed.
 */
export async function bringToLife(office: Office): Promise<void> {
  const taken = await openStanding(office.deps, systemCall, {
    rows: smallStanding,
    applicantId: office.as('operator').actor.userId,
    deciderIds: [office.as('operator-approver').actor.userId, office.as('authority').actor.userId],
  });
  invariant(taken.ok && taken.value.opened === 2, 'the standing allocations fit');
  const first = { cpu: 8000, memory: 32_768, storage: 102_400 };
  await approved(office, { kind: 'new', system: 'rsj/jyfw', amounts: first });
  await office.settle();
  const allocationId = await allocationNamed(office, 'yh-rsj-jyfw-prod');
  const more = { cpu: 16_000 };
  await approved(office, { kind: 'change', system: 'rsj/jyfw', allocationId, amounts: more });
  await office.settle();
  const waiting = { cpu: 4000, memory: 8192 };
  const inReview = await submit(office, { kind: 'new', system: 'wjw/jyfw', amounts: waiting });
  invariant(inReview.ok, 'a modest request is taken');
  const tooMuch = { cpu: 390_000 };
  const wish = { kind: 'new', system: 'wjw/jyfw', environment: 'test', amounts: tooMuch } as const;
  const refused = await submit(office, wish);
  invariant(!refused.ok && refused.error.code === 'request.capacity_short', 'too much is refused');
  await office.seal();
}

async function allocationNamed({ deps }: Office, namespace: string): Promise<string> {
  const rows = await deps.store.read.select().from(deps.store.tables.allocations);
  const found = rows.find((row) => row.namespace === namespace);
  invariant(found !== undefined, `${namespace} stands`);
  return found.id;
}
