import { auditedActs, shortageRefusals, unauditedTransfers } from '@yunheng/db/queries/laws/audit';
import {
  allRoleGrants,
  requestEvidence,
  type RequestEvidence,
} from '@yunheng/db/queries/laws/approval';
import type { Row, Store } from '@yunheng/db/store';
import { conflictingRoles } from '@yunheng/domain/identity/exclusions';
import type { SealingDeps } from '../sealing.ts';
import { walkChain } from '../walk-chain.ts';
import type { Looked } from './law.ts';

const page = 200;

/** L5: a refusal for lack names the account, its balance, what was asked and what is missing, and the figures agree. */
export async function lookAtRefusals(store: Store): Promise<Looked> {
  const findings: string[] = [];
  let checked = 0;
  for (let after = ''; ;) {
    const entries = await shortageRefusals(store, after, page);
    checked += entries.length;
    findings.push(
      ...entries
        .filter((entry) => !teaches(entry))
        .map(({ id }) => `refusal ${id} explains nothing`),
    );
    const last = entries.at(-1);
    if (last === undefined || entries.length < page) return { checked, findings };
    after = last.id;
  }
}

function teaches({ detail }: Row<'auditEntries'>): boolean {
  const { account, commodity, balance, floor, needed, missing } = detail;
  if (typeof account !== 'string' || typeof commodity !== 'string') return false;
  if (typeof balance !== 'number' || typeof floor !== 'number') return false;
  if (typeof needed !== 'number' || typeof missing !== 'number') return false;
  return missing > 0 && missing === needed - (balance - floor);
}

/** S1: from the effects back: every transfer, submission and decision has an entry that was written with it. */
export async function lookAtEntries(store: Store): Promise<Looked> {
  const [transfers, rights] = await Promise.all([unauditedTransfers(store), missingRights(store)]);
  const findings = [
    ...transfers.ids.map((id) => `transfer ${id} has no audit entry`),
    ...rights.findings,
  ];
  let checked = transfers.checked + rights.checked;
  for (let after = ''; ;) {
    const rows = await requestEvidence(store, after, page);
    findings.push(...(await missingActs(store, rows)));
    checked += rows.length;
    const last = rows.at(-1);
    if (last === undefined || rows.length < page) return { checked, findings };
    after = last.request.id;
  }
}

/** Rights that a person gave: somebody is on record for it. What the installation set up itself is one entry together. */
async function missingRights(store: Store): Promise<Looked> {
  const given = (await allRoleGrants(store)).filter((grant) => grant.grantedBy !== 'system');
  const users = [...new Set(given.map((grant) => grant.userId))];
  const acts =
    users.length === 0 ? [] : await auditedActs(store, ['users.create', 'users.setRoles'], users);
  const told = new Set(acts.map((act) => `${act.subjectId} ${act.actorId}`));
  return {
    checked: given.length,
    findings: given
      .filter((grant) => !told.has(`${grant.userId} ${grant.grantedBy}`))
      .map((grant) => `${grant.grantedBy} gave ${grant.userId} ${grant.role} without an entry`),
  };
}

async function missingActs(
  store: Store,
  rows: readonly RequestEvidence[],
): Promise<readonly string[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ request }) => request.id);
  const [acts, takeovers] = await Promise.all([
    auditedActs(store, ['requests.submit', 'requests.decide'], ids),
    auditedActs(store, ['requests.takeOver'], ids),
  ]);
  const told = new Map(acts.map((act) => [`${act.subjectId} ${act.actorId}`, act.count]));
  // A takeover is one act of the installation, whose single entry stands for the whole chain.
  const takenOver = new Set(takeovers.map((act) => act.subjectId));
  return rows
    .filter(({ request }) => !takenOver.has(request.id))
    .flatMap(({ request, revisions, steps }) => {
      const people = [
        ...revisions.map((one) => one.submittedBy),
        ...steps.flatMap((step) => (step.decidedBy === null ? [] : [step.decidedBy])),
      ];
      return [...Map.groupBy(people, (person) => person)].flatMap(([person, done]) => {
        const audited = told.get(`${request.id} ${person}`) ?? 0;
        return audited >= done.length
          ? []
          : [`${request.id}: ${done.length} acts of ${person}, ${audited} of them audited`];
      });
    });
}

/** S2: the chain shows edit, removal, reorder and truncation; an entry unsealed for too long is one too. */
export async function lookAtSeals(deps: SealingDeps): Promise<Looked> {
  const proof = await walkChain(deps);
  const { firstBad } = proof;
  return {
    checked: proof.entries + proof.heads,
    findings:
      firstBad === null ? [] : [`${firstBad.what}: ${firstBad.id} (${firstBad.seq ?? '-'})`],
  };
}

/** S5: nobody ever held two duties that exclude each other, and nobody granted a right to themselves. */
export async function lookAtDuties(store: Store): Promise<Looked> {
  const grants = await allRoleGrants(store);
  const byUser = Map.groupBy(grants, (grant) => grant.userId);
  return {
    checked: grants.length,
    findings: [
      ...grants
        .filter((grant) => grant.grantedBy === grant.userId)
        .map((grant) => `${grant.userId} granted ${grant.role} to themselves`),
      ...[...byUser].flatMap(([userId, own]) =>
        [...new Set(own.flatMap((grant) => conflictsAt(grant.effectiveFrom, own)))].map(
          (pair) => `${userId} held ${pair} at once`,
        ),
      ),
    ],
  };
}

/** Roles can only begin to conflict when one of them begins. */
function conflictsAt(at: number, own: readonly Row<'roleGrants'>[]): readonly string[] {
  const held = own.filter(
    (grant) => grant.effectiveFrom <= at && (grant.effectiveTo === null || at < grant.effectiveTo),
  );
  return conflictingRoles(held).map(({ left, right }) => `${left} and ${right}`);
}
