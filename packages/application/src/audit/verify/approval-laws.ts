import {
  allocationOrigins,
  allRoleGrants,
  policyVersions,
  requestEvidence,
  type RequestEvidence,
} from '@yunheng/db/queries/laws/approval';
import { sm3Hex } from '@yunheng/db/sm3';
import type { Row, Store } from '@yunheng/db/store';
import type { ApprovalPolicy } from '@yunheng/domain/approval/policy';
import { isDepartmentRole } from '@yunheng/domain/identity/roles';
import { canonicalJson } from '@yunheng/kernel/canonical';
import { contentDigest } from '../../requests/content-digest.ts';
import type { Looked } from './law.ts';

type Step = Row<'approvalSteps'>;
type Judge = (evidence: RequestEvidence) => readonly string[];

const page = 200;

/** Walks every submitted request, a page at a time, whatever their number. */
async function walk(store: Store, judge: Judge): Promise<Looked> {
  const findings: string[] = [];
  let checked = 0;
  for (let after = ''; ;) {
    const rows = await requestEvidence(store, after, page);
    checked += rows.length;
    findings.push(...rows.flatMap(judge));
    const last = rows.at(-1);
    if (last === undefined || rows.length < page) return { checked, findings };
    after = last.request.id;
  }
}

/** A1: whatever is provisioned rests on a complete chain, under the frozen policy, for exactly the approved content. */
export async function lookAtChains(store: Store): Promise<Looked> {
  const documents = await policyVersions(store);
  const policies = new Map(documents.map((row) => [row.id, row]));
  const altered = documents.filter((row) => row.digest !== sm3Hex(canonicalJson(row.body)));
  const walked = await walk(store, (evidence) => chainFaults(evidence, policies));
  return {
    checked: walked.checked + documents.length,
    findings: [
      ...altered.map(
        ({ code, revision }) => `policy ${code} ${revision} is not what was published`,
      ),
      ...walked.findings,
    ],
  };
}

const approvedStates: readonly Row<'quotaRequests'>['state'][] = [
  'approved',
  'fulfilled',
  'failed',
];

function chainFaults(
  evidence: RequestEvidence,
  policies: ReadonlyMap<string, Row<'versionedDocuments'>>,
): readonly string[] {
  const { request, revisions, grants, tasks } = evidence;
  const provisioned = grants.length + tasks.length > 0;
  if (!provisioned && !approvedStates.includes(request.state)) return [];
  const revision = revisions.find((one) => one.revision === request.revision);
  if (revision === undefined) return [`${request.id} has no frozen content`];
  const digest = contentDigest(revision.content);
  const policy = policies.get(request.policyVersionId ?? '');
  const others = grants.filter((grant) => grant.digest !== digest);
  return [
    ...(digest === revision.digest && digest === request.digest
      ? []
      : [`${request.id}: the content is not the one that was approved`]),
    ...(policy === undefined
      ? [`${request.id} names no policy version`]
      : stepFaults(evidence, digest, policy.body as ApprovalPolicy)), // the kind of the row decides its type
    ...others.map((grant) => `grant ${grant.id} rests on another content`),
  ];
}

function stepFaults(
  { request, steps }: RequestEvidence,
  digest: string,
  policy: ApprovalPolicy,
): readonly string[] {
  const own = steps.filter((step) => step.revision === request.revision);
  const asked = policy.steps.map((step) => `${step.code}:${step.roles.join('+')}`);
  const gone = own.map((step) => `${step.code}:${step.roles.join('+')}`);
  return [
    ...(asked.join(' ') === gone.join(' ')
      ? []
      : [`${request.id}: its chain is not that of its policy`]),
    ...own
      .filter((step) => step.state !== 'approved')
      .map((step) => `${request.id} is provisioned, but step ${step.code} is ${step.state}`),
    ...own
      .filter((step) => step.digest !== digest)
      .map((step) => `${request.id}: step ${step.code} approved another content`),
  ];
}

/** A2: nobody decides twice, their own, or without holding the step's role at that instant. */
export async function lookAtDeciders(store: Store): Promise<Looked> {
  const grants = Map.groupBy(await allRoleGrants(store), (grant) => grant.userId);
  return walk(store, ({ request, steps, revisions }) => {
    const decided = steps.filter((step) => step.decidedBy !== null);
    const isAuthor = (step: Step) =>
      step.decidedBy === request.applicantId ||
      revisions.some(
        ({ revision, submittedBy }) => revision <= step.revision && submittedBy === step.decidedBy,
      );
    const pairs = decided.map((step) => `${step.revision} ${step.decidedBy ?? ''}`);
    return [
      ...(new Set(pairs).size === pairs.length ? [] : [`${request.id}: one person decided twice`]),
      ...decided
        .filter(isAuthor)
        .map((step) => `${request.id}: step ${step.code} was decided by its applicant`),
      ...decided
        .filter((step) => !heldRole(step, request, grants.get(step.decidedBy ?? '') ?? []))
        .map((step) => `${request.id}: step ${step.code} was decided without its role`),
    ];
  });
}

function heldRole(
  step: Step,
  request: Row<'quotaRequests'>,
  grants: readonly Row<'roleGrants'>[],
): boolean {
  const at = step.decidedAt ?? 0;
  return grants.some(
    (grant) =>
      step.roles.includes(grant.role) &&
      (!isDepartmentRole(grant.role) || grant.departmentId === request.departmentId) &&
      grant.effectiveFrom <= at &&
      (grant.effectiveTo === null || at < grant.effectiveTo),
  );
}

/** A3: a decision has one outcome, told once; an open chain has one current step and a closed one none. */
export const lookAtOutcomes = (store: Store): Promise<Looked> =>
  walk(store, ({ request, steps, decisionEvents }) => {
    const decided = steps.filter((step) => step.decidedAt !== null);
    const current = steps.filter((step) => step.state === 'current');
    const open = request.state === 'in_review' ? 1 : 0;
    return [
      ...steps
        .filter((step) => isDecided(step) !== (step.decidedAt !== null && step.decidedBy !== null))
        .map((step) => `${request.id}: step ${step.code} is ${step.state} without a decision`),
      ...(current.length === open
        ? []
        : [`${request.id} is ${request.state} with ${current.length} current steps`]),
      ...(current.every((step) => step.id === request.currentStepId)
        ? []
        : [`${request.id} waits for another step than its current one`]),
      ...(decided.length === decisionEvents
        ? []
        : [`${request.id}: ${decided.length} decisions, ${decisionEvents} of them told`]),
    ];
  });

const isDecided = (step: Step): boolean =>
  step.state === 'approved' || step.state === 'returned' || step.state === 'rejected';

/** A5: one approval gives one grant and one task for each allocation, and an allocation is opened once. */
export async function lookAtSpending(store: Store): Promise<Looked> {
  const [origins, walked] = await Promise.all([
    allocationOrigins(store),
    walk(store, ({ request, grants, tasks }) => [
      ...repeated(grants).map((id) => `${request.id} granted allocation ${id} twice`),
      ...repeated(tasks).map((id) => `${request.id} was sent to provisioning of ${id} twice`),
      ...tasks
        .filter((task) => !grants.some((grant) => grant.allocationId === task.allocationId))
        .map((task) => `task ${task.id} rests on no grant`),
    ]),
  ]);
  return {
    checked: origins.checked + walked.checked,
    findings: [
      ...origins.openedTwice.map((id) => `allocation ${id} was opened by two tasks`),
      ...origins.ungranted.map((id) => `allocation ${id} was granted by no request`),
      ...walked.findings,
    ],
  };
}

function repeated(rows: readonly { readonly allocationId: string }[]): readonly string[] {
  const ids = rows.map((row) => row.allocationId);
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
}
