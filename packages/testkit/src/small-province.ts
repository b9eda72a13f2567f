import type {
  DeclaredPool,
  DocumentInput,
  ProvinceInput,
  StandingInput,
} from '@yunheng/application/estate/province';
import type { ApprovalPolicy } from '@yunheng/domain/approval/policy';
import type { ItemBody } from '@yunheng/domain/catalog/item';
import { quotaKeys } from '@yunheng/domain/catalog/kubernetes';
import {
  resources,
  type Architecture,
  type PoolClass,
  type ResourceAmounts,
  type ResourceName,
} from '@yunheng/domain/catalog/resources';
import { testStart } from './driven-clock.ts';

const tib = 1024 * 1024;
const from = testStart - 30 * 86_400_000;

export interface SmallProvince {
  readonly graceDays?: number;
  /** Codes of the systems that each department has. */
  readonly systems?: readonly string[];
  readonly entitlement?: ResourceAmounts;
  readonly policy?: Partial<ApprovalPolicy>;
}

const usualEntitlement: ResourceAmounts = {
  cpu: 400_000,
  memory: tib,
  storage: 40 * tib,
  npu: 8,
  database: 4,
};

/** Three nodes on two clusters, four departments with two systems each: every kind of thing, nothing twice for show. */
export function smallProvince(over: SmallProvince = {}): ProvinceInput {
  const codes = ['rsj', 'wjw', 'jyt', 'gat'];
  const { systems = ['jyfw', 'sbxx'], entitlement = usualEntitlement } = over;
  return {
    effectiveFrom: from,
    departments: codes.map((code) => ({
      code,
      name: `${code} 测试部门`,
      divisionCode: '440000',
      entitlement,
    })),
    systems: codes.flatMap((department) =>
      systems.map((code) => ({
        department,
        code,
        name: `${department} ${code} 系统`,
        protectionLevel: 3,
        drTier: 'local',
      })),
    ),
    cloudNodes: [
      { code: 'sheng', name: '省级政务云', tier: 'provincial', divisionCode: '440000' },
      { code: 'gz', name: '广州政务云', tier: 'city', divisionCode: '440100' },
      { code: 'sgby', name: '边缘节点', tier: 'edge', divisionCode: '440200' },
    ],
    clusters: ['sheng', 'shi'],
    pools: [
      pool('sheng-x86-general', { arch: 'x86-64', overcommitPermille: 1500 }),
      pool('sheng-arm-npu', { arch: 'arm64', poolClass: 'npu' }),
      pool('gz-x86-general', { arch: 'x86-64' }),
      pool('sgby-arm-general', { arch: 'arm64' }),
    ],
    documents: [policy({ graceDays: over.graceDays ?? 0, ...over.policy }), calendar, ...items],
  };
}

/** What the workers of each pool have. */
export const smallCapacity: readonly DeclaredPool[] = [
  {
    pool: 'sheng-x86-general',
    capacity: { cpu: 200_000, memory: tib, storage: 60 * tib, database: 8 },
  },
  { pool: 'sheng-arm-npu', capacity: { cpu: 64_000, memory: tib, storage: 10 * tib, npu: 8 } },
  { pool: 'gz-x86-general', capacity: { cpu: 100_000, memory: tib, storage: 20 * tib } },
  { pool: 'sgby-arm-general', capacity: { cpu: 16_000, memory: 65_536, storage: tib } },
];

/** Two allocations that stood before the product came. */
export const smallStanding: readonly StandingInput[] = [
  {
    department: 'rsj',
    system: 'sbxx',
    environment: 'prod',
    pool: 'sheng-x86-general',
    namespace: 'yh-rsj-sbxx-prod',
    amounts: { cpu: 32_000, memory: 131_072, storage: tib, database: 1 },
  },
  {
    department: 'wjw',
    system: 'sbxx',
    environment: 'prod',
    pool: 'gz-x86-general',
    namespace: 'yh-wjw-sbxx-prod',
    amounts: { cpu: 16_000, memory: 65_536, storage: tib },
  },
];

function pool(
  code: string,
  of: { arch: Architecture; poolClass?: PoolClass; overcommitPermille?: number },
): ProvinceInput['pools'][number] {
  const [cloudNode = ''] = code.split('-');
  const { arch, poolClass = 'general', overcommitPermille = 1000 } = of;
  const cluster = cloudNode === 'sheng' ? 'sheng' : 'shi';
  return { code, cloudNode, cluster, arch, poolClass, overcommitPermille };
}

function policy(over: Partial<ApprovalPolicy>): DocumentInput {
  const body: ApprovalPolicy = {
    steps: [
      { code: 'head', roles: ['head'], workingDays: 1 },
      { code: 'operator', roles: ['operator', 'operator_approver'], workingDays: 2 },
    ],
    holdWorkingDays: 10,
    openHoldPermille: 1000,
    graceDays: 0,
    provisioningDays: 3,
    ...over,
  };
  return document('policy', 'quota-approval', body);
}

const document = (kind: DocumentInput['kind'], code: string, body: unknown): DocumentInput => ({
  kind,
  code,
  revision: 1,
  clause: '示例',
  effectiveFrom: from,
  body,
});

const calendar = document('calendar', 'cn-working-days', {
  holidays: ['2027-01-01'],
  makeUpDays: [],
  endsOn: '2027-12-31',
});

const items: readonly DocumentInput[] = [
  item('compute-x86', 'cpu', { arch: 'x86-64', step: 1000 }),
  item('compute-arm', 'cpu', { arch: 'arm64', step: 1000 }),
  item('memory', 'memory', { step: 1024 }),
  item('block-storage', 'storage', { step: 10_240 }),
  item('npu-card', 'npu', { arch: 'arm64', poolClass: 'npu', step: 1 }),
  item('managed-database', 'database', { poolClass: 'general', step: 1 }),
];

function item(
  code: string,
  resource: ResourceName,
  of: { arch?: Architecture; poolClass?: PoolClass; step: number },
): DocumentInput {
  const { arch = null, poolClass = null, step } = of;
  const body: ItemBody = {
    code,
    family: resource === 'database' ? 'paas' : 'iaas',
    nameZh: code,
    nameEn: code,
    resource,
    unit: resources[resource].unit,
    arch,
    poolClass,
    min: step,
    step,
    max: step * 10_000,
    kubernetesKeys: quotaKeys[resource],
  };
  return document('catalog_item', code, body);
}
