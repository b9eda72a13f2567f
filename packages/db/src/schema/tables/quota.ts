import type { ResourceAmounts, ResourceName } from '@yunheng/domain/catalog/resources';
import type {
  Environment,
  RequestContent,
  RequestKind,
  RequestState,
} from '@yunheng/domain/quota/request';
import type { Role } from '@yunheng/domain/identity/roles';
import type { Columns } from '../../columns/postgres.ts';

export const defineQuota = (c: Columns) => ({
  quotaRequests: c.table(
    'quota_requests',
    {
      id: c.id().primaryKey(),
      /** 配申〔2026〕1187 号, without gaps per year; given by the committer at first submission. */
      number: c.text(),
      tenantId: c.id().notNull(),
      departmentId: c.id().notNull(),
      applicantId: c.id().notNull(),
      systemId: c.id().notNull(),
      kind: c.text().$type<RequestKind>().notNull(),
      environment: c.text().$type<Environment>().notNull(),
      allocationId: c.id(),
      state: c.text().$type<RequestState>().notNull(),
      revision: c.integer().notNull(),
      /** The current content; of submitted revisions `request_revisions` keeps each one for ever. */
      content: c.json<RequestContent>().notNull(),
      digest: c.text(),
      policyVersionId: c.id(),
      currentStepId: c.id(),
      dueAt: c.instant(),
      submittedAt: c.instant(),
      decidedAt: c.instant(),
      createdAt: c.instant().notNull(),
      updatedAt: c.instant().notNull(),
      version: c.integer().notNull(),
    },
    (t) => [
      c.uniqueIndex('quota_requests_number_uq').on(t.number),
      c.index('quota_requests_tenant_ix').on(t.tenantId, t.state),
      c.index('quota_requests_state_ix').on(t.state, t.dueAt),
      c.index('quota_requests_system_ix').on(t.systemId),
    ],
  ),
  requestRevisions: c.table(
    'request_revisions',
    {
      requestId: c.id().notNull(),
      revision: c.integer().notNull(),
      content: c.json<RequestContent>().notNull(),
      digest: c.text().notNull(),
      submittedBy: c.id().notNull(),
      submittedAt: c.instant().notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.requestId, t.revision] })],
  ),
  requestLines: c.table(
    'request_lines',
    {
      id: c.id().primaryKey(),
      requestId: c.id().notNull(),
      revision: c.integer().notNull(),
      seq: c.integer().notNull(),
      resource: c.text().$type<ResourceName>().notNull(),
      itemVersionId: c.id().notNull(),
      cloudNodeId: c.id().notNull(),
      /** Where the hold stands now; the operator may move it. Null for a line that holds nothing (decrease, release). */
      poolId: c.id(),
      amount: c.amount().notNull(),
      /** Total before this request: 0 for `new`. */
      before: c.amount().notNull(),
      version: c.integer().notNull(),
    },
    (t) => [c.index('request_lines_request_ix').on(t.requestId, t.revision)],
  ),
  approvalSteps: c.table(
    'approval_steps',
    {
      id: c.id().primaryKey(),
      requestId: c.id().notNull(),
      revision: c.integer().notNull(),
      seq: c.integer().notNull(),
      /** Who may decide: any of these roles; a department's role counts in the request's department only. */
      roles: c.json<Role[]>().notNull(),
      code: c.text().notNull(),
      state: c
        .text()
        .$type<'waiting' | 'current' | 'approved' | 'returned' | 'rejected' | 'skipped'>()
        .notNull(),
      startedAt: c.instant(),
      dueAt: c.instant(),
      decidedBy: c.id(),
      decidedAt: c.instant(),
      opinion: c.text(),
      /** Digest of the content that was decided on (law A1). */
      digest: c.text().notNull(),
      version: c.integer().notNull(),
    },
    (t) => [c.uniqueIndex('approval_steps_uq').on(t.requestId, t.revision, t.seq)],
  ),
  quotaGrants: c.table(
    'quota_grants',
    {
      id: c.id().primaryKey(),
      tenantId: c.id().notNull(),
      requestId: c.id().notNull(),
      allocationId: c.id().notNull(),
      amounts: c.json<ResourceAmounts>().notNull(),
      /** Digest of the approved content; an approval is spent once (law A5). */
      digest: c.text().notNull(),
      effectiveFrom: c.instant().notNull(),
      effectiveTo: c.instant(),
      recordedAt: c.instant().notNull(),
      version: c.integer().notNull(),
    },
    (t) => [
      c.uniqueIndex('quota_grants_request_uq').on(t.requestId, t.allocationId),
      c.index('quota_grants_allocation_ix').on(t.allocationId),
    ],
  ),
  allocations: c.table(
    'allocations',
    {
      id: c.id().primaryKey(),
      tenantId: c.id().notNull(),
      departmentId: c.id().notNull(),
      systemId: c.id().notNull(),
      environment: c.text().$type<Environment>().notNull(),
      poolId: c.id().notNull(),
      clusterId: c.id().notNull(),
      namespace: c.text().notNull(),
      namespaceUid: c.text(),
      /** What the cluster shall show as `spec.hard`: the projection (law P2). */
      desired: c.json<ResourceAmounts>().notNull(),
      state: c.text().$type<AllocationState>().notNull(),
      /** Fences stale actors (law P5): raised with every task. */
      generation: c.integer().notNull(),
      openedAt: c.instant().notNull(),
      activatedAt: c.instant(),
      removedAt: c.instant(),
      version: c.integer().notNull(),
    },
    (t) => [
      c.uniqueIndex('allocations_namespace_uq').on(t.namespace),
      c.index('allocations_system_ix').on(t.systemId, t.environment),
      c.index('allocations_tenant_ix').on(t.tenantId),
      c.index('allocations_pool_ix').on(t.poolId),
      c.index('allocations_cluster_ix').on(t.clusterId, t.state),
    ],
  ),
});

/** opening -> active <-> suspended -> deleting -> removed. */
export type AllocationState = 'opening' | 'active' | 'suspended' | 'deleting' | 'removed';
