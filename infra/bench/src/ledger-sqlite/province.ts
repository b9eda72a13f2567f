import { declareSupply } from '@yunheng/application/estate/declare-supply';
import type { DocumentInput, ProvinceInput } from '@yunheng/application/estate/province';
import { seedProvince } from '@yunheng/application/estate/seed-province';
import {
  seedDemoIdentities,
  type DemoIdentity,
} from '@yunheng/application/identity/seed-demo-identities';
import { systemCall } from '@yunheng/application/identity/system-call';
import type { IdentityDeps } from '@yunheng/application/identity/types';
import type { ApprovalPolicy } from '@yunheng/domain/approval/policy';
import type { WorkingCalendar } from '@yunheng/domain/approval/working-days';
import type { ItemBody } from '@yunheng/domain/catalog/item';
import { environments } from '@yunheng/domain/quota/request';
import type { DomainError } from '@yunheng/kernel/errors';
import { invariant } from '@yunheng/kernel/invariant';
import type { Result } from '@yunheng/kernel/result';

/** As many as the province has; each with two people who submit, each for systems of their own. */
const departmentCount = 100;
export const callerCount = 2 * departmentCount;
const systemsEach = 10;
/** An environment of a system has one request under way in a pool, so every submission is for another one. */
export const turnsEach = systemsEach * environments.length;

const from = Date.parse('2026-01-01T00:00:00+08:00');
/** More than any run holds: the bench measures acceptance, not refusal. */
const plenty = 1_000_000_000_000;

/** One node, one pool, and a system's environment for every submission. */
export async function seedBenchProvince(deps: IdentityDeps): Promise<void> {
  must(await seedProvince(deps, systemCall, province()));
  must(await declareSupply(deps, systemCall, [{ pool: 'hot', capacity: { cpu: plenty } }]));
  must(await seedDemoIdentities(deps, identities()));
}

export const applicantOf = (caller: number): string => `applicant-${caller}`;
const systemCode = (caller: number, index: number): string => `S${caller}-${index}`;
/** What a caller's turn is for. */
export const placeOf = (caller: number, turn: number) => ({
  system: systemCode(caller, turn % systemsEach),
  environment: environments[Math.floor(turn / systemsEach)] ?? 'prod',
});
export const departmentCode = (caller: number): string => `D${caller % departmentCount}`;

const departments = Array.from({ length: departmentCount }, (_none, index) => index);
const callers = Array.from({ length: callerCount }, (_none, index) => index);

function province(): ProvinceInput {
  return {
    effectiveFrom: from,
    departments: departments.map((index) => ({
      code: departmentCode(index),
      name: `Department ${index}`,
      divisionCode: '440000',
      entitlement: { cpu: plenty },
    })),
    systems: callers.flatMap((caller) =>
      Array.from({ length: systemsEach }, (_none, index) => ({
        department: departmentCode(caller),
        code: systemCode(caller, index),
        name: `System ${index} of caller ${caller}`,
        protectionLevel: 2,
        drTier: 'none',
      })),
    ),
    cloudNodes: [{ code: 'n1', name: 'Node', tier: 'provincial', divisionCode: '440000' }],
    clusters: ['bench'],
    pools: [
      {
        code: 'hot',
        cloudNode: 'n1',
        cluster: 'bench',
        arch: 'x86-64',
        poolClass: 'general',
        overcommitPermille: 1000,
      },
    ],
    documents: [
      document('policy', 'approval', policy),
      document('calendar', 'cn', calendar),
      document('catalog_item', 'compute', compute),
    ],
  };
}

const policy: ApprovalPolicy = {
  steps: [
    { code: 'head', roles: ['head'], workingDays: 3 },
    { code: 'operator', roles: ['operator', 'operator_approver'], workingDays: 5 },
  ],
  holdWorkingDays: 10,
  openHoldPermille: 1000,
  graceDays: 7,
  provisioningDays: 3,
};

const calendar: WorkingCalendar = { holidays: [], makeUpDays: [], endsOn: '2026-12-31' };

/** One core, in millicores: what every submission asks for. */
export const heldEach = 1000;

const compute: ItemBody = {
  code: 'compute',
  family: 'iaas',
  nameZh: '计算',
  nameEn: 'Compute',
  resource: 'cpu',
  unit: 'm',
  arch: null,
  poolClass: null,
  min: heldEach,
  step: heldEach,
  max: heldEach * 1000,
  kubernetesKeys: ['requests.cpu'],
};

const document = (kind: DocumentInput['kind'], code: string, body: unknown): DocumentInput => ({
  kind,
  code,
  revision: 1,
  clause: 'bench',
  effectiveFrom: from,
  body,
});

const identities = (): DemoIdentity[] => [
  ...callers.map((index) => person(applicantOf(index), 'applicant', departmentCode(index))),
  ...departments.map((index) => person(`head-${index}`, 'head', departmentCode(index))),
];

const person = (
  username: string,
  role: DemoIdentity['role'],
  department: string,
): DemoIdentity => ({ username, displayName: username, role, department });

function must<T>(result: Result<T, DomainError>): void {
  invariant(result.ok, result.ok ? '' : `the bench cannot be seeded: ${result.error.code}`);
}
