import { randomUUID } from 'node:crypto';
import type { ApiClient } from '@yunheng/server/demo/api-client';
import type {
  Catalog,
  Content,
  Detail,
  Line,
  Offers,
  Systems,
} from '@yunheng/server/demo/once-types';

export interface Wish {
  readonly kind: Content['kind'];
  readonly system: string;
  readonly environment: Content['environment'];
  readonly node: string;
  readonly arch: Line['arch'];
  readonly poolClass: Line['poolClass'];
  readonly amounts: Readonly<Partial<Record<Line['resource'], number>>>;
  readonly reason: string;
  readonly allocationId: string | null;
}

const usual: Wish = {
  kind: 'new',
  system: 'dzsbk',
  environment: 'test',
  node: 'sheng',
  arch: 'x86-64',
  poolClass: 'general',
  amounts: { cpu: 16_000, memory: 64 * 1024 },
  reason: '业务高峰前扩容，峰值约为平日三倍，活动结束后释放。',
  allocationId: null,
};

/** Answers are ids of requests and of an allocation. */
export interface Papers {
  draft(wish: Partial<Wish>): Promise<string>;
  submit(wish: Partial<Wish>): Promise<string>;
  allocationOf(system: string, environment: string): Promise<string>;
}

/** What one applicant writes at the public API, by the codes of the province. */
export async function openPapers(applicant: ApiClient): Promise<Papers> {
  const [systems, catalog, offers] = await Promise.all([
    applicant.call<Systems>('GET', '/systems?size=200'),
    applicant.call<Catalog>('GET', '/catalog'),
    applicant.call<Offers>('GET', '/offers'),
  ]);
  const systemId = (code: string) => found(systems.rows, (row) => row.code === code, code).id;
  const contentOf = (partial: Partial<Wish>): Content => {
    const wish = { ...usual, ...partial };
    const { kind, environment, reason, allocationId, arch, poolClass } = wish;
    const cloudNodeId = found(offers.nodes, ({ code }) => code === wish.node, wish.node).id;
    const lines = Object.entries(wish.amounts).map(([resource, amount]): Line => {
      const item = found(
        catalog,
        (one) =>
          one.resource === resource &&
          (one.arch === null || one.arch === arch) &&
          (one.poolClass === null || one.poolClass === poolClass),
        resource,
      );
      const { itemVersionId } = item;
      return { itemVersionId, resource: item.resource, cloudNodeId, arch, poolClass, amount };
    });
    return { kind, systemId: systemId(wish.system), environment, allocationId, reason, lines };
  };
  return {
    draft: async (wish) => {
      const saved = { id: null, version: null, content: contentOf(wish) };
      return (await applicant.call<{ id: string }>('PUT', '/drafts', saved)).id;
    },
    submit: async (wish) => {
      const key = randomUUID();
      const sent = { id: null, version: null, content: contentOf(wish), idempotencyKey: key };
      return (await applicant.call<{ id: string }>('POST', '/requests', sent)).id;
    },
    allocationOf: async (system, environment) => {
      const { allocations } = await applicant.call<{
        allocations: { id: string; environment: string }[];
      }>('GET', `/systems/${systemId(system)}`);
      return found(allocations, (row) => row.environment === environment, system).id;
    },
  };
}

export type Decision = 'approve' | 'return' | 'reject';

export async function decide(
  decider: ApiClient,
  id: string,
  { decision, opinion }: { readonly decision: Decision; readonly opinion: string },
): Promise<void> {
  const { request, digest } = await decider.call<Detail>('GET', `/requests/${id}`);
  const sent = { version: request.version, digest, decision, opinion, moves: [] };
  await decider.call('POST', `/requests/${id}/decision`, sent);
}

function found<T>(rows: readonly T[], matches: (row: T) => boolean, name: string): T {
  const row = rows.find(matches);
  if (row === undefined) throw new Error(`the province has no ${name}`);
  return row;
}
