import type { Columns } from '../columns/postgres.ts';
import { defineAudit } from './tables/audit.ts';
import { defineEstate } from './tables/estate.ts';
import { defineIdentity } from './tables/identity.ts';
import { defineLedger } from './tables/ledger.ts';
import { defineProvisioning } from './tables/provisioning.ts';
import { defineQuota } from './tables/quota.ts';

/** The one definition; postgres.ts and sqlite.ts beside it say it in each database's types. */
export const defineSchema = (c: Columns) => ({
  ...defineIdentity(c),
  ...defineEstate(c),
  ...defineLedger(c),
  ...defineQuota(c),
  ...defineProvisioning(c),
  ...defineAudit(c),
});

export type Schema = ReturnType<typeof defineSchema>;
