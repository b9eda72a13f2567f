import { maxLines } from '@yunheng/domain/quota/check-content';
import { z } from 'zod';
import {
  amount,
  amounts,
  arch,
  count,
  environment,
  id,
  instant,
  pageNumber,
  pageSize,
  params,
  poolClass,
  ref,
  requestKind,
  requestState,
  resource,
  rowVersion,
  signedAmount,
  text,
} from './common.ts';

export const lineInput = z.strictObject({
  itemVersionId: id,
  resource,
  cloudNodeId: id,
  arch,
  poolClass,
  /** Any number: what is no whole one is a problem of the content, said with all its others. */
  amount: z.number().meta({
    description:
      'In canonical units. A draft keeps any number; a submission takes whole ones from 0.',
  }),
});
export const contentInput = z.strictObject({
  kind: requestKind,
  systemId: id,
  environment,
  allocationId: id.nullable(),
  reason: text(2000),
  lines: z.array(lineInput).max(maxLines),
});

/** The same, published with what a submission demands: its readers are programs that check before they send. */
const submittedContent = contentInput.extend({
  lines: z
    .array(
      lineInput.extend({
        amount: z.number().meta({
          description:
            'In canonical units: a whole number within the bounds and steps of its item.',
          override: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
        }),
      }),
    )
    .max(maxLines),
});

export const issue = z.strictObject({ path: z.string(), code: z.string(), params });

/** Law L5: which account, its balance, who holds the rest as far as the reader may know, what would make it pass. */
export const shortfall = z.strictObject({
  account: z.string(),
  book: z.enum(['capacity', 'quota']),
  scopeName: z.string(),
  resource,
  free: signedAmount,
  needed: amount,
  missing: amount,
  holders: z.array(
    z.strictObject({
      kind: z.enum(['held', 'allocated']),
      label: z.string().nullable(),
      requestId: id.nullable(),
      count,
      amount,
      earliestExpiry: instant.nullable(),
    }),
  ),
  /** Pools or nodes of the same architecture and class that would take the whole. */
  alternatives: z.array(
    z.strictObject({ poolId: id, poolCode: z.string(), cloudNode: ref, free: amount }),
  ),
});

/** The effect before the act: same domain functions as at submission, nothing written. */
export const preview = {
  /** `requestId` is the draft or returned request that is being typed. */
  input: contentInput.extend({ requestId: id.nullish() }),
  output: z.strictObject({
    issues: z.array(issue),
    /** What may be submitted as it is and hardly anybody wants: it refuses nothing. */
    warnings: z.array(issue),
    shortfalls: z.array(shortfall),
    effect: z.array(
      z.strictObject({
        resource,
        poolId: id.nullable(),
        poolCode: z.string().nullable(),
        before: amount,
        after: amount,
        poolFreeAfter: signedAmount.nullable(),
        quotaFreeAfter: signedAmount.nullable(),
      }),
    ),
    steps: z.array(
      z.strictObject({
        code: z.string(),
        roles: z.array(z.string()),
        workingDays: count,
      }),
    ),
    holdUntil: instant.nullable(),
    at: instant,
  }),
};
export const saveDraft = {
  /** `id` null makes a new draft. `version` is the one that was read: two editors do not overwrite each other. */
  input: z.strictObject({
    id: id.nullable(),
    version: rowVersion.nullable(),
    content: contentInput,
  }),
  output: z.strictObject({ id, version: rowVersion, savedAt: instant }),
};
export const discardDraft = { input: z.strictObject({ id, version: rowVersion }) };
export const submit = {
  input: z.strictObject({
    id: id.nullable(),
    version: rowVersion.nullable(),
    content: submittedContent,
    idempotencyKey: z.string().regex(/^[\w.:-]{8,64}$/u),
  }),
  output: z.strictObject({ id, number: z.string(), version: rowVersion }),
};
export const withdraw = {
  input: z.strictObject({ id, version: rowVersion, reason: text(500) }),
};
export const decide = {
  /** `digest` ties the decision to the content that was on the screen (law A1). `moves` sends lines to another pool first. */
  input: z.strictObject({
    id,
    version: rowVersion,
    digest: z.string().regex(/^[\w:]{1,128}$/u),
    decision: z.enum(['approve', 'return', 'reject']),
    opinion: text(1000),
    moves: z
      .array(z.strictObject({ lineId: id, poolId: id }))
      .max(20)
      .default([]),
  }),
  output: z.strictObject({ id, state: requestState, version: rowVersion }),
};
/** A release is taken back while its namespace is suspended; `reason` must say something. */
export const restore = {
  input: z.strictObject({ id, version: rowVersion, reason: text(500) }),
};
export const retry = { input: z.strictObject({ id, version: rowVersion }) };

export const requestRow = z.strictObject({
  id,
  number: z.string().nullable(),
  kind: requestKind,
  state: requestState,
  environment,
  system: ref,
  department: ref,
  applicant: z.string(),
  amounts: amounts,
  cloudNodes: z.array(z.string()),
  stepCode: z.string().nullable(),
  /** State of the provisioning task while approved: waiting_cluster, running, waiting_vacate, grace. */
  taskState: z.string().nullable(),
  dueAt: instant.nullable(),
  /** Negative once the deadline is over. */
  workingDaysLeft: z.number().int().nullable(),
  /** Past the holiday calendar only weekdays were counted. */
  beyondCalendar: z.boolean(),
  submittedAt: instant.nullable(),
  updatedAt: instant,
  version: rowVersion,
});
export const requestsList = {
  input: z.strictObject({
    state: requestState.optional(),
    kind: requestKind.optional(),
    department: id.optional(),
    node: id.optional(),
    system: id.optional(),
    search: text(64).optional(),
    sort: z.enum(['updated', 'due', 'submitted', 'number']).default('updated'),
    order: z.enum(['asc', 'desc']).default('desc'),
    page: pageNumber,
    size: pageSize,
  }),
};
export const inboxList = {
  input: z.strictObject({
    box: z.enum(['todo', 'done']).default('todo'),
    sort: z.enum(['due', 'submitted', 'amount']).default('due'),
    page: pageNumber,
    size: pageSize,
  }),
};

export const lineView = z.strictObject({
  id,
  seq: count,
  item: z.strictObject({
    itemVersionId: id,
    code: z.string(),
    nameZh: z.string(),
    nameEn: z.string(),
  }),
  resource,
  cloudNode: ref,
  arch,
  poolClass,
  pool: z
    .strictObject({
      id,
      code: z.string(),
      supply: amount,
      allocated: amount,
      held: amount,
      free: signedAmount,
    })
    .nullable(),
  before: amount,
  amount,
  hold: z
    .strictObject({
      state: z.enum(['live', 'allocated', 'released', 'expired']),
      expiresAt: instant,
      amount,
    })
    .nullable(),
  /** Pools to which the operator may move this line. */
  alternatives: z.array(
    z.strictObject({ poolId: id, poolCode: z.string(), cloudNode: ref, free: amount }),
  ),
});
export const stepView = z.strictObject({
  id,
  seq: count,
  code: z.string(),
  roles: z.array(z.string()),
  state: z.enum(['waiting', 'current', 'approved', 'returned', 'rejected', 'skipped']),
  startedAt: instant.nullable(),
  dueAt: instant.nullable(),
  workingDaysLeft: z.number().int().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  opinion: z.string().nullable(),
});
export const taskView = z.strictObject({
  id,
  kind: z.enum(['open', 'change', 'release', 'restore']),
  state: z.enum([
    'queued',
    'waiting_cluster',
    'running',
    'waiting_vacate',
    'grace',
    'done',
    'failed',
  ]),
  step: z.string().nullable(),
  steps: z.array(z.string()),
  cluster: z.string(),
  namespace: z.string(),
  namespaceUid: z.string().nullable(),
  pool: z.string(),
  attempts: count,
  deadlineAt: instant,
  ownerRole: z.string(),
  nextAt: instant,
  errorCode: z.string().nullable(),
  errorParams: params.nullable(),
  finishedAt: instant.nullable(),
  /** While a decrease waits: of what more is used than the new limit allows. Null when the cluster does not say. */
  overUse: z.array(z.strictObject({ resource, used: amount, limit: amount })).nullable(),
});
export const eventView = z.strictObject({
  id,
  at: instant,
  kind: z.string(),
  actor: z.string().nullable(),
  params,
});

export const requestDetail = {
  input: z.strictObject({ id }),
  output: z.strictObject({
    request: requestRow,
    reason: z.string(),
    digest: z.string().nullable(),
    revision: count,
    revisions: z.array(
      z.strictObject({ revision: count, digest: z.string(), submittedAt: instant }),
    ),
    content: contentInput,
    allocationId: id.nullable(),
    policy: z
      .strictObject({ id, code: z.string(), revision: count, clause: z.string() })
      .nullable(),
    lines: z.array(lineView),
    steps: z.array(stepView),
    tasks: z.array(taskView),
    events: z.array(eventView),
    transfers: z.array(
      z.strictObject({
        id,
        causeKind: z.string(),
        causeId: z.string(),
        effectiveAt: instant,
        recordedAt: instant,
        entries: z.array(
          z.strictObject({ account: z.string(), commodity: z.string(), amount: signedAmount }),
        ),
      }),
    ),
    /** What this reader may do now; a reason (error code) where an act exists but is closed to them at the moment. */
    actions: z.record(
      z.enum([
        'edit',
        'submit',
        'withdraw',
        'discard',
        'decide',
        'move',
        'retry',
        'restore',
        'kubeconfig',
      ]),
      z.strictObject({ allowed: z.boolean(), reason: z.string().nullable() }),
    ),
    at: instant,
  }),
};
/** Subscription: every event after `lastEventId`, then live. Resumes where it broke off (tracked ids). */
export const watch = {
  input: z.strictObject({ id, lastEventId: id.nullish() }),
  output: z.strictObject({ event: eventView, state: requestState }),
};
export const kubeconfig = {
  input: z.strictObject({
    allocationId: id,
    minutes: z.number().int().min(10).max(60).default(60),
  }),
  output: z.strictObject({
    kubeconfig: z.string(),
    expiresAt: instant,
    namespace: z.string(),
    cluster: z.string(),
  }),
};
