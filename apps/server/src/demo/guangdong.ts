import type {
  DeclaredPool,
  DocumentInput,
  ProvinceInput,
  StandingInput,
} from '@yunheng/application/estate/province';
import type { ApprovalPolicy } from '@yunheng/domain/approval/policy';
import type { WorkingCalendar } from '@yunheng/domain/approval/working-days';
import type { ItemBody } from '@yunheng/domain/catalog/item';
import { resources } from '@yunheng/domain/catalog/resources';
import { daysOff, makeUpDays, workingCalendar } from '@yunheng/fixtures-guangdong/calendar';
import { catalogItems, type CatalogItem } from '@yunheng/fixtures-guangdong/catalog';
import { cloudNodes, clusterNames } from '@yunheng/fixtures-guangdong/cloud-nodes';
import { departments } from '@yunheng/fixtures-guangdong/departments';
import { policies } from '@yunheng/fixtures-guangdong/policies';
import { capacityOf, pools } from '@yunheng/fixtures-guangdong/pools';
import { standing } from '@yunheng/fixtures-guangdong/standing';
import { systems } from '@yunheng/fixtures-guangdong/systems';

export interface DemoOptions {
  /** Days between 停用 and deletion; null keeps what the policy of the fixture says. */
  readonly graceDays: number | null;
}

/** The fixture's words as the product's: the only place that knows both. */
export function mapGuangdong(options: DemoOptions): ProvinceInput {
  return {
    effectiveFrom: shanghaiMidnight('2026-01-01'),
    departments: departments.map(({ code, name, division, entitlement }) => ({
      code,
      name,
      divisionCode: division,
      entitlement,
    })),
    systems: systems.map(({ department, code, name, protectionLevel, disasterRecovery }) => ({
      department,
      code,
      name,
      protectionLevel,
      drTier: disasterRecovery,
    })),
    cloudNodes: cloudNodes.map(({ code, name, tier, division }) => ({
      code,
      name,
      tier,
      divisionCode: division,
    })),
    clusters: clusterNames,
    pools: pools.map((pool) => ({
      code: pool.code,
      cloudNode: pool.cloudNode,
      cluster: clusterOf(pool.cloudNode),
      arch: pool.arch,
      poolClass: pool.class,
      overcommitPermille: pool.overcommitPermille.cpu,
    })),
    documents: [
      ...policies.map((policy) => policyDocument(policy, options)),
      ...catalogItems.map(itemDocument),
      calendarDocument(),
    ],
  };
}

/** What the workers of each pool have: the supply until a cluster was read. */
export const declaredPools = (): readonly DeclaredPool[] =>
  pools.map((pool) => ({ pool: pool.code, capacity: capacityOf(pool) }));

export const standingAllocations = (): readonly StandingInput[] => standing;

function clusterOf(cloudNode: string): string {
  const node = cloudNodes.find(({ code }) => code === cloudNode);
  if (node === undefined) throw new Error(`fixture: no cloud node ${cloudNode}`);
  return node.cluster;
}

/** The fixture leaves out how long provisioning may take before a person looks at it. */
const provisioningDays = 3;

function policyDocument(policy: (typeof policies)[number], options: DemoOptions): DocumentInput {
  const body: ApprovalPolicy = {
    steps: policy.steps.map(({ code, role, deadlineWorkingDays }) => ({
      code,
      roles: role === 'operator' ? ['operator', 'operator_approver'] : [role],
      workingDays: deadlineWorkingDays,
    })),
    holdWorkingDays: policy.holdExpiryWorkingDays,
    openHoldPermille: policy.maxOpenHoldPermille,
    graceDays: options.graceDays ?? policy.graceDays,
    provisioningDays,
  };
  return {
    kind: 'policy',
    code: policy.code,
    revision: policy.version,
    clause: clausesOf(policy),
    effectiveFrom: shanghaiMidnight(policy.effectiveFrom),
    body,
  };
}

/** Several rules may rest on one clause: it is named once. */
const clausesOf = ({ clauses }: (typeof policies)[number]): string =>
  [...new Set(clauses.map(({ source, section }) => `${source} ${section}`))].join('；');

function itemDocument(item: CatalogItem): DocumentInput {
  const body: ItemBody = {
    code: item.code,
    family: item.family,
    nameZh: item.name.zh,
    nameEn: item.name.en,
    resource: item.resource,
    unit: resources[item.resource].unit,
    arch: item.arch,
    poolClass: item.poolClass,
    min: item.min * item.perUnit,
    step: item.step * item.perUnit,
    max: item.max * item.perUnit,
    kubernetesKeys: item.kubernetesKeys,
  };
  return {
    kind: 'catalog_item',
    code: item.code,
    revision: item.version,
    clause: '粤府〔2021〕44号 8.1',
    effectiveFrom: shanghaiMidnight(item.effectiveFrom),
    body,
  };
}

function calendarDocument(): DocumentInput {
  const body: WorkingCalendar = {
    holidays: daysOff,
    makeUpDays,
    endsOn: workingCalendar.to,
  };
  return {
    kind: 'calendar',
    code: workingCalendar.code,
    revision: workingCalendar.version,
    clause: workingCalendar.years.map(({ source }) => source).join('；'),
    effectiveFrom: shanghaiMidnight(workingCalendar.from),
    body,
  };
}

/** A calendar day of the fixture as the instant at which it begins. */
const shanghaiMidnight = (day: string): number => Date.parse(`${day}T00:00:00+08:00`);
