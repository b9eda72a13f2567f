import type { Outcome } from '@yunheng/application/deps';
import { decideRequest } from '@yunheng/application/requests/decide';
import { submitRequest, type Submitted } from '@yunheng/application/requests/submit';
import { requestById } from '@yunheng/db/queries/requests';
import { wholeProvince } from '@yunheng/db/scope';
import type { Row } from '@yunheng/db/store';
import { resourceNames, type ResourceAmounts } from '@yunheng/domain/catalog/resources';
import type { LineContent, RequestContent } from '@yunheng/domain/quota/request';
import { invariant } from '@yunheng/kernel/invariant';
import type { StaffedProvince } from './office.ts';

export interface Wish {
  readonly kind: RequestContent['kind'];
  /** `rsj/jyfw`; the department has to have people. */
  readonly system: string;
  readonly environment?: RequestContent['environment'];
  readonly allocationId?: string;
  readonly node?: string;
  readonly amounts?: ResourceAmounts;
  /** x86-64 general without it. */
  readonly kindOfPool?: Pick<LineContent, 'arch' | 'poolClass'>;
}

/** Submits as the department's applicant. */
export function submit(office: StaffedProvince, wish: Wish): Outcome<Submitted> {
  const department = departmentOf(wish);
  return submitRequest(office.deps, office.as(`${department}-applicant`), {
    id: null,
    version: null,
    content: contentOf(office, wish),
    idempotencyKey: office.deps.ids.next('httpRequest'),
  });
}

/** Submitted, approved by the head and by the operator: what provisioning then makes of it is up to `settle`. */
export async function approved(office: StaffedProvince, wish: Wish): Promise<Row<'quotaRequests'>> {
  const submitted = await submit(office, wish);
  invariant(submitted.ok, `submission: ${JSON.stringify(submitted)}`);
  const { id } = submitted.value;
  for (const person of [`${departmentOf(wish)}-head`, 'operator'] as const) {
    const { version, digest } = await read(office, id);
    const decision = {
      id,
      version,
      digest: digest ?? '',
      decision: 'approve',
      opinion: '',
      moves: [],
    } as const;
    const decided = await decideRequest(office.deps, office.as(person), decision);
    invariant(decided.ok, `decision: ${JSON.stringify(decided)}`);
  }
  return read(office, id);
}

export async function read(office: StaffedProvince, id: string): Promise<Row<'quotaRequests'>> {
  const row = await requestById(office.deps.store, wholeProvince, id);
  invariant(row !== null, 'a request that was submitted can be read');
  return row;
}

export function contentOf(office: StaffedProvince, wish: Wish): RequestContent {
  const { kind, environment = 'prod', allocationId = null, node = 'sheng', amounts = {} } = wish;
  const { kindOfPool = { arch: 'x86-64', poolClass: 'general' } } = wish;
  const { names } = office;
  const system = names.systems.get(wish.system);
  const cloudNodeId = names.cloudNodes.get(node);
  invariant(system !== undefined && cloudNodeId !== undefined, `no ${wish.system} or ${node}`);
  return {
    kind,
    systemId: system.id,
    environment,
    allocationId,
    reason: '测试',
    lines: resourceNames.flatMap((resource) => {
      const amount = amounts[resource];
      if (amount === undefined) return [];
      const code =
        kindOfPool.arch === 'arm64' && resource === 'cpu' ? 'compute-arm' : itemCodes[resource];
      const itemVersionId = names.items.get(code) ?? '';
      return [{ itemVersionId, resource, cloudNodeId, ...kindOfPool, amount }];
    }),
  };
}

const itemCodes = {
  cpu: 'compute-x86',
  memory: 'memory',
  storage: 'block-storage',
  gpu: 'gpu-card',
  npu: 'npu-card',
  database: 'managed-database',
} as const;

const departmentOf = (wish: Wish): 'rsj' | 'wjw' => (wish.system.startsWith('wjw') ? 'wjw' : 'rsj');
