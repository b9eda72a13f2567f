import type { Person } from './test-server.ts';

interface Item {
  readonly itemVersionId: string;
  readonly code: string;
  readonly resource: string;
}

interface OfferingNode {
  readonly id: string;
  readonly tier: string;
  readonly offers: readonly { readonly arch: string; readonly poolClass: string }[];
}

/** A request that can be approved: four cores and 8 GiB on x86 for one environment, found as the form finds it. */
export async function smallRequest(
  person: Person,
  of: { systemId: string; environment?: 'prod' | 'test' },
) {
  const catalog = (await person.query('catalog.list')).value as readonly Item[]; // output of catalog.list
  const offers = (await person.query('estate.offers')).value as { nodes: readonly OfferingNode[] }; // output of estate.offers
  const node = offers.nodes.find((one) => one.tier === 'provincial');
  const line = (code: string, amount: number) => {
    const item = catalog.find((one) => one.code === code);
    return {
      itemVersionId: item?.itemVersionId ?? '',
      resource: item?.resource ?? '',
      cloudNodeId: node?.id ?? '',
      arch: 'x86-64',
      poolClass: 'general',
      amount,
    };
  };
  return {
    kind: 'new',
    systemId: of.systemId,
    environment: of.environment ?? 'test',
    allocationId: null,
    reason: '新系统测试环境',
    lines: [line('compute-x86', 4_000), line('memory', 8_192)],
  };
}
