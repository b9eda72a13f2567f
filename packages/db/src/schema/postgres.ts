import { columns } from '../columns/postgres.ts';
import { defineSchema } from './define.ts';

export const schema = defineSchema(columns);

// drizzle-kit sees only tables that are exported by name; schema.test.ts compares the list with the definition.
export const {
  users,
  roleGrants,
  sessions,
  accessTokens,
  departments,
  informationSystems,
  cloudNodes,
  clusters,
  pools,
  versionedDocuments,
  ledgerTransfers,
  ledgerEntries,
  ledgerBalances,
  holds,
  quotaRequests,
  requestRevisions,
  requestLines,
  approvalSteps,
  quotaGrants,
  allocations,
  provisioningTasks,
  accessRevocations,
  requestEvents,
  outbox,
  notices,
  auditEntries,
  auditHeads,
  idempotencyKeys,
  numberSequences,
  settings,
} = schema;
