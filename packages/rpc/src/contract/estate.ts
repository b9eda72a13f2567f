import { z } from 'zod';
import {
  amount,
  amounts,
  arch,
  count,
  environment,
  id,
  instant,
  none,
  pageNumber,
  pageSize,
  params,
  poolClass,
  ref,
  requestKind,
  requestState,
  resource,
  signedAmount,
  text,
  tier,
} from './common.ts';

/** One pool and resource: supply = allocated + held + free (law L1). All in canonical units. */
export const capacityCell = z.strictObject({
  resource,
  supply: amount,
  allocated: amount,
  held: amount,
  free: signedAmount,
});

export const poolCapacity = z.strictObject({
  pool: z.strictObject({
    id,
    code: z.string(),
    arch,
    poolClass,
    overcommitPermille: count,
  }),
  cluster: z.string(),
  cloudNode: z.strictObject({ id, code: z.string(), name: z.string(), tier }),
  cells: z.array(capacityCell),
  observedAt: instant.nullable(),
});
/** The capacity overview: every pool of the scope, for the matrix node x architecture. */
export const capacityOverview = {
  input: z.strictObject({
    scope: z.enum(['all', 'provincial', 'industry', 'city', 'edge']).default('all'),
  }),
  output: z.strictObject({
    at: instant,
    pools: z.array(poolCapacity),
    holds: z.strictObject({ count, expiringSoon: count }),
  }),
};
/** Who uses one pool: full rows for those who may read them, class and count for a department (design 7, Tenancy). */
export const poolDetail = {
  input: z.strictObject({ poolId: id }),
  output: z.strictObject({
    capacity: poolCapacity,
    workers: count,
    holders: z.array(
      z.strictObject({
        kind: z.enum(['held', 'allocated']),
        resource,
        amount,
        label: z.string(),
        requestId: id.nullable(),
        systemId: id.nullable(),
        expiresAt: instant.nullable(),
      }),
    ),
    othersSummary: z.array(
      z.strictObject({
        kind: z.enum(['held', 'allocated']),
        resource,
        count,
        amount,
        earliestExpiry: instant.nullable(),
      }),
    ),
  }),
};
/** Live free capacity for the request form: what each node offers by architecture and class. */
export const offers = {
  input: none,
  output: z.strictObject({
    at: instant,
    nodes: z.array(
      z.strictObject({
        id,
        code: z.string(),
        name: z.string(),
        tier,
        offers: z.array(
          z.strictObject({
            arch,
            poolClass,
            /** Free of the pool with most free. */ free: amounts,
          }),
        ),
      }),
    ),
  }),
};

export const catalogItem = z.strictObject({
  itemVersionId: id,
  code: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  resource,
  unit: z.string(),
  arch: arch.nullable(),
  poolClass: poolClass.nullable(),
  min: amount,
  step: amount,
});

export const allocationRow = z.strictObject({
  id,
  environment,
  pool: z.strictObject({ id, code: z.string(), arch, poolClass }),
  cloudNode: ref,
  cluster: z.string(),
  namespace: z.string(),
  namespaceUid: z.string().nullable(),
  state: z.enum(['opening', 'active', 'suspended', 'deleting', 'removed']),
  allocated: amounts,
  desired: amounts,
  /** `status.used` as last read from the cluster, null when it was not read. */
  used: amounts.nullable(),
  activatedAt: instant.nullable(),
});
export const systemRow = z.strictObject({
  id,
  code: z.string(),
  name: z.string(),
  department: ref,
  protectionLevel: count,
  drTier: z.string(),
  environments: z.array(environment),
  allocated: amounts,
  openRequests: count,
});
export const systemsList = {
  input: z.strictObject({
    department: id.optional(),
    search: text(64).optional(),
    sort: z.enum(['name', 'cpu', 'code']).default('cpu'),
    page: pageNumber,
    size: pageSize,
  }),
};
export const systemDetail = {
  input: z.strictObject({ id }),
  output: z.strictObject({
    system: systemRow,
    allocations: z.array(allocationRow),
    requests: z.array(
      z.strictObject({
        id,
        number: z.string().nullable(),
        kind: requestKind,
        state: requestState,
        environment,
        submittedAt: instant.nullable(),
      }),
    ),
    grants: z.array(
      z.strictObject({
        id,
        requestId: id,
        amounts,
        effectiveFrom: instant,
        effectiveTo: instant.nullable(),
      }),
    ),
    at: instant,
  }),
};

/** Department home: entitlement, what is promised, what waits for whom. */
export const departmentHome = {
  input: z.strictObject({ departmentId: id }),
  output: z.strictObject({
    department: z.strictObject({ id, name: z.string(), code: z.string() }),
    quota: z.array(
      z.strictObject({
        resource,
        entitled: amount,
        allocated: amount,
        held: amount,
        free: signedAmount,
        floor: signedAmount,
      }),
    ),
    counts: z.strictObject({
      draft: count,
      inReview: count,
      returned: count,
      provisioning: count,
      failed: count,
      systems: count,
      environments: count,
    }),
    recent: z.array(
      z.strictObject({
        id,
        number: z.string().nullable(),
        kind: requestKind,
        state: requestState,
        system: ref,
        updatedAt: instant,
        dueAt: instant.nullable(),
        stepCode: z.string().nullable(),
      }),
    ),
    /** What rests until somebody of the department acts, or waits for the operator after a failure. */
    open: z.array(
      z.strictObject({
        id,
        number: z.string().nullable(),
        kind: requestKind,
        state: requestState,
        system: ref,
        /** Words with which it was sent back. */
        opinion: z.string().nullable(),
        taskState: z.string().nullable(),
        deadlineAt: instant.nullable(),
        errorCode: z.string().nullable(),
        errorParams: params.nullable(),
        updatedAt: instant,
      }),
    ),
    biggest: z.array(systemRow),
    at: instant,
  }),
};
export const departmentsList = {
  output: z.array(z.strictObject({ id, code: z.string(), name: z.string() })),
};
