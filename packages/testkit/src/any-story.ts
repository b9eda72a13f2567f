import {
  lookAtChains,
  lookAtDeciders,
  lookAtOutcomes,
  lookAtSpending,
} from '@yunheng/application/audit/verify/approval-laws';
import { lookAtCapacity } from '@yunheng/application/audit/verify/capacity-laws';
import {
  lookAtDoubleEntry,
  lookAtExactness,
  lookAtHolds,
} from '@yunheng/application/audit/verify/ledger-laws';
import { systemCall } from '@yunheng/application/identity/system-call';
import { restoreRelease } from '@yunheng/application/provisioning/restore-release';
import { expireHolds } from '@yunheng/application/requests/expire-holds';
import { withdrawRequest } from '@yunheng/application/requests/withdraw';
import type { Row } from '@yunheng/db/store';
import { invariant } from '@yunheng/kernel/invariant';
import fc from 'fast-check';
import { submit, type Wish } from './carry-request.ts';
import type { Office } from './office.ts';
import type { PersonName } from './people.ts';
import { decided, linesNow, poolNamed, submitContent } from './request-desk.ts';

/** Everything that people and time do to requests, drawn at random: what no story would think of. */
const departments = ['rsj', 'wjw'] as const;
type Department = (typeof departments)[number];

type Act =
  | { readonly kind: 'submit'; readonly wish: Wish }
  | { readonly kind: 'alter'; readonly which: number; readonly cpu: number | null }
  | { readonly kind: 'resubmit'; readonly which: number; readonly cpu: number }
  | { readonly kind: 'withdraw'; readonly which: number }
  | { readonly kind: 'restore'; readonly which: number }
  | {
      readonly kind: 'decide';
      readonly which: number;
      readonly who: PersonName;
      readonly decision: 'approve' | 'return' | 'reject';
      readonly moveTo: string | null;
    }
  | { readonly kind: 'pass'; readonly days: number }
  | { readonly kind: 'expire' }
  | { readonly kind: 'provision' };

const which = fc.nat({ max: 30 });
const cpu = fc.integer({ min: 1, max: 120 }).map((cores) => cores * 1000);
const wish: fc.Arbitrary<Wish> = fc
  .record({
    department: fc.constantFrom(...departments),
    system: fc.constantFrom('jyfw', 'sbxx'),
    environment: fc.constantFrom('prod', 'test'),
    node: fc.constantFrom('sheng', 'gz'),
    cpu,
    memory: fc.integer({ min: 1, max: 400 }).map((gib) => gib * 1024),
  })
  .map(({ department, system, cpu: millicores, memory, ...place }) => ({
    kind: 'new',
    system: `${department}/${system}`,
    ...place,
    amounts: { cpu: millicores, memory },
  }));

const people = ['rsj-head', 'wjw-head', 'operator', 'operator-approver', 'authority'] as const;
const decide = fc.record({
  kind: fc.constant('decide' as const),
  which,
  who: fc.constantFrom<PersonName>(...people, 'rsj-head', 'wjw-head', 'operator'),
  decision: fc.constantFrom('approve', 'approve', 'approve', 'return', 'reject'),
  moveTo: fc.constantFrom(null, null, 'gz-x86-general', 'sheng-x86-general', 'sheng-arm-npu'),
});

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: wish.map((of) => ({ kind: 'submit' as const, wish: of })) },
  { weight: 9, arbitrary: decide },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('alter' as const),
      which,
      cpu: fc.option(cpu, { freq: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('resubmit' as const), which, cpu }) },
  { weight: 1, arbitrary: which.map((one) => ({ kind: 'withdraw' as const, which: one })) },
  { weight: 2, arbitrary: which.map((one) => ({ kind: 'restore' as const, which: one })) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), days: fc.nat({ max: 20 }) }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'expire' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'provision' as const }) },
);

/** Each inner list happens at the same moment. */
export const anyStory = fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), { maxLength: 20 });

/** Tells a story in a small province and says what broke the laws of ledger and approval, after the moment that did. */
export async function brokenBy(
  office: Office,
  moments: readonly (readonly Act[])[],
): Promise<readonly string[]> {
  for (const moment of moments) {
    await Promise.all(moment.map((one) => perform(office, one)));
    const found = await findings(office);
    if (found.length > 0) return found;
  }
  return [];
}

async function findings(office: Office): Promise<readonly string[]> {
  const { store } = office.deps;
  const looked = [
    await lookAtCapacity(office.deps, office.clusters),
    await lookAtDoubleEntry(store),
    await lookAtExactness(store),
    await lookAtHolds(store),
    await lookAtChains(store),
    await lookAtDeciders(store),
    await lookAtOutcomes(store),
    await lookAtSpending(store),
  ];
  return looked.flatMap((law) => law.findings);
}

async function perform(office: Office, one: Act): Promise<void> {
  switch (one.kind) {
    case 'pass':
      return office.clock.advance(one.days * 86_400_000);
    case 'expire':
      await expireHolds(office.deps, systemCall);
      return;
    case 'provision':
      return office.settle(60_000);
    case 'submit':
      return understood(await submit(office, one.wish));
    case 'alter':
      return alter(office, one);
    case 'resubmit':
    case 'withdraw':
    case 'restore':
    case 'decide':
      return onRequest(office, one);
  }
}

/** A change, or without an amount a release, of an allocation that was ever made. */
async function alter(office: Office, one: Extract<Act, { kind: 'alter' }>): Promise<void> {
  const { allocations, pools } = office.deps.store.tables;
  const reader = office.deps.store.read;
  const allocation = chosen(await reader.select().from(allocations), one.which);
  if (allocation === null) return;
  const pool = (await reader.select().from(pools)).find(({ id }) => id === allocation.poolId);
  const [system] =
    [...office.names.systems].find(([, row]) => row.id === allocation.systemId) ?? [];
  const of = {
    system: system ?? '',
    environment: allocation.environment,
    allocationId: allocation.id,
    node: pool?.code.split('-')[0] ?? '',
  };
  understood(
    await submit(
      office,
      one.cpu === null
        ? { ...of, kind: 'release' }
        : { ...of, kind: 'change', amounts: { cpu: one.cpu } },
    ),
  );
}

async function onRequest(
  office: Office,
  one: Extract<Act, { kind: 'resubmit' | 'withdraw' | 'restore' | 'decide' }>,
): Promise<void> {
  const { quotaRequests } = office.deps.store.tables;
  const row = chosen(await office.deps.store.read.select().from(quotaRequests), one.which);
  if (row === null) return;
  const { id, version, content } = row;
  const applicant = `${departmentOf(office, row)}-applicant` as const;
  if (one.kind === 'withdraw') {
    const input = { id, version, reason: '' };
    return understood(await withdrawRequest(office.deps, office.as(applicant), input));
  }
  if (one.kind === 'restore') {
    const input = { id, version, reason: '试' };
    return understood(await restoreRelease(office.deps, office.as('operator'), input));
  }
  if (one.kind === 'resubmit') {
    const lines = content.lines.map((line) =>
      line.resource === 'cpu' ? { ...line, amount: one.cpu } : line,
    );
    const again = { id, version, content: { ...content, lines } };
    return understood(await submitContent(office, applicant, again));
  }
  const { who, decision, moveTo } = one;
  const [line] = await linesNow(office, id);
  const moves =
    moveTo === null || line === undefined
      ? []
      : [{ lineId: line.id, poolId: (await poolNamed(office, moveTo)).id }];
  understood(await decided(office, who, { id, decision, opinion: '试', moves }));
}

const departmentOf = (office: Office, row: Row<'quotaRequests'>): Department =>
  departments.find((code) => office.names.departments.get(code)?.id === row.departmentId) ?? 'rsj';

const chosen = <T>(rows: readonly T[], which: number): T | null =>
  rows.length === 0 ? null : (rows[which % rows.length] ?? null);

/** Whatever is refused is refused for a reason of the matter, never because the product got in its own way. */
function understood(outcome: { ok: true } | { ok: false; error: { code: string } }): void {
  invariant(
    outcome.ok || !/^(?:store|internal)\./u.test(outcome.error.code),
    outcome.ok ? '' : `refused with ${outcome.error.code}`,
  );
}
