import type { NewRow } from '@yunheng/db/store';
import type { ApprovalPolicy } from '@yunheng/domain/approval/policy';
import type { Instant } from '@yunheng/kernel/clock';

/** One department with one system, two people, an operator, one cluster with one pool. */
export const place = {
  tenant: 'ten_rsj',
  department: 'dep_rsj',
  system: 'sys_jyfw',
  cluster: 'cl_sheng',
  clusterName: 'sheng',
  pool: 'pool_x86',
  poolCode: 'sheng-x86-general',
  node: 'cn_sheng',
  policy: 'pol_standard',
  applicant: 'usr_applicant',
  head: 'usr_head',
  operator: 'usr_operator',
} as const;

export type Place = { readonly [Key in keyof typeof place]: string };

export const policyBody = (graceDays: number): ApprovalPolicy => ({
  steps: [{ code: 'department_head', roles: ['head'], workingDays: 3 }],
  holdWorkingDays: 10,
  openHoldPermille: 1000,
  graceDays,
  provisioningDays: 3,
});

export interface Province {
  readonly now: Instant;
  readonly graceDays: number;
}

export const estateRows = (at: Place, province: Province) =>
  [...organisationRows(province.now), ...cloudRows(at, province)] as const;

/** A further system of the department, for tests that need many namespaces. */
export const systemRow = (id: string, code: string, now: Instant) =>
  ({
    table: 'informationSystems',
    row: {
      id,
      tenantId: place.tenant,
      departmentId: place.department,
      code,
      name: code,
      protectionLevel: 3,
      drTier: 'local',
      recordedAt: now,
      version: 1,
    },
  }) as const;

function organisationRows(now: Instant) {
  return [
    {
      table: 'departments',
      row: {
        id: place.department,
        tenantId: place.tenant,
        code: 'rsj',
        name: '人力资源和社会保障局',
        divisionCode: '440000',
        effectiveFrom: now,
        effectiveTo: null,
        recordedAt: now,
        version: 1,
      },
    },
    systemRow(place.system, 'jyfw', now),
    ...[place.applicant, place.head, place.operator].map((id) => userRow(id, now)),
    grantRow('rgr_head', { userId: place.head, role: 'head', departmentId: place.department, now }),
    grantRow('rgr_applicant', {
      userId: place.applicant,
      role: 'applicant',
      departmentId: place.department,
      now,
    }),
    grantRow('rgr_operator', { userId: place.operator, role: 'operator', departmentId: null, now }),
  ] as const;
}

function cloudRows(at: Place, { now, graceDays }: Province) {
  return [
    {
      table: 'clusters',
      row: {
        id: at.cluster,
        name: at.clusterName,
        uid: null,
        kubernetesVersion: null,
        lastSeenAt: null,
        state: 'preparing',
        version: 1,
      },
    },
    {
      table: 'pools',
      row: {
        id: at.pool,
        code: at.poolCode,
        cloudNodeId: at.node,
        clusterId: at.cluster,
        arch: 'x86-64',
        poolClass: 'general',
        overcommitPermille: 1000,
        observed: null,
        observedAt: null,
        version: 1,
      },
    },
    {
      table: 'versionedDocuments',
      row: {
        id: at.policy,
        kind: 'policy',
        code: 'standard',
        revision: 1,
        state: 'published',
        body: policyBody(graceDays),
        digest: 'digest',
        clause: 'example',
        effectiveFrom: now,
        effectiveTo: null,
        recordedAt: now,
        version: 1,
      },
    },
  ] as const;
}

function userRow(id: string, now: Instant) {
  return {
    table: 'users',
    row: {
      id,
      username: id,
      displayName: id,
      passwordHash: '',
      passwordHistory: [] as string[],
      passwordChangedAt: now,
      mustChangePassword: false,
      failedLogins: 0,
      firstFailedAt: null,
      lockedUntil: null,
      state: 'active',
      locale: 'zh-CN',
      createdAt: now,
      version: 1,
    } satisfies NewRow<'users'>,
  } as const;
}

function grantRow(
  id: string,
  of: {
    userId: string;
    role: NewRow<'roleGrants'>['role'];
    departmentId: string | null;
    now: Instant;
  },
) {
  const { userId, role, departmentId, now } = of;
  return {
    table: 'roleGrants',
    row: {
      id,
      userId,
      role,
      departmentId,
      effectiveFrom: now,
      effectiveTo: null,
      grantedBy: 'system',
      version: 1,
    },
  } as const;
}
