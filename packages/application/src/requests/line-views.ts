import { balancesByScope } from '@yunheng/db/queries/balances';
import { documentsByIds } from '@yunheng/db/queries/catalog';
import { cloudNodes, pools as allPools } from '@yunheng/db/queries/estate';
import { wholeProvince } from '@yunheng/db/scope';
import type { Row } from '@yunheng/db/store';
import type { ItemBody } from '@yunheng/domain/catalog/item';
import type { Architecture, PoolClass, ResourceName } from '@yunheng/domain/catalog/resources';
import { capacityCommodity } from '@yunheng/domain/ledger/accounts';
import { demandOn } from '@yunheng/domain/quota/refusal';
import { sumAmounts } from '@yunheng/kernel/quantity';
import type { Deps } from '../deps.ts';
import { increasesOf, roomElsewhere, type Alternative } from './refusal.ts';
import { occupantsOf } from './occupants.ts';
import { names, type Ref } from './request-rows.ts';

export interface LineView {
  readonly id: string;
  readonly seq: number;
  readonly item: { itemVersionId: string; code: string; nameZh: string; nameEn: string };
  readonly resource: ResourceName;
  readonly cloudNode: Ref;
  readonly arch: Architecture;
  readonly poolClass: PoolClass;
  readonly pool: PoolStanding | null;
  readonly before: number;
  readonly amount: number;
  readonly hold: { state: Row<'holds'>['state']; expiresAt: number; amount: number } | null;
  readonly alternatives: Alternative[];
}

interface PoolStanding {
  readonly id: string;
  readonly code: string;
  readonly supply: number;
  readonly allocated: number;
  readonly held: number;
  readonly free: number;
}

interface LineRows {
  readonly lines: readonly Row<'requestLines'>[];
  readonly holds: readonly Row<'holds'>[];
  readonly request: Row<'quotaRequests'>;
}

/** Each line with its pool's standing now, its hold, and the pools that the operator may move it to. */
export async function lineViews(deps: Deps, of: LineRows): Promise<LineView[]> {
  const [pools, nodes, items] = await Promise.all([
    allPools(deps.store),
    cloudNodes(deps.store),
    documentsByIds(deps.store, [...new Set(of.lines.map((line) => line.itemVersionId))]),
  ]);
  const poolById = new Map(pools.map((pool) => [pool.id, pool]));
  const standings = await poolStandings(deps, [
    ...new Set(of.lines.flatMap((line) => (line.poolId === null ? [] : [line.poolId]))),
  ]);
  const nodeName = names(nodes);
  const movable = of.request.state === 'in_review' && of.request.kind === 'new';
  const occupants = movable
    ? await occupantsOf(deps.store, of.request, { requestId: of.request.id, reader: wholeProvince })
    : new Map<string, unknown>();
  return Promise.all(
    of.lines.map(async (line) => {
      const pool = poolById.get(line.poolId ?? '');
      const hold = of.holds
        .filter((candidate) => candidate.lineId === line.id)
        .toSorted((left, right) => right.attempt - left.attempt)[0];
      const alternatives =
        movable && pool !== undefined
          ? await roomElsewhere(deps, {
              pool,
              pools,
              nodes,
              resource: line.resource,
              // Lines of one pool move together: they become one namespace.
              demand: demandOn(pool.id, increasesOf(of.lines)),
            })
          : [];
      return {
        id: line.id,
        seq: line.seq,
        item: itemView(
          items.find((item) => item.id === line.itemVersionId),
          line,
        ),
        resource: line.resource,
        cloudNode: { id: line.cloudNodeId, name: nodeName(line.cloudNodeId) },
        arch: pool?.arch ?? 'x86-64',
        poolClass: pool?.poolClass ?? 'general',
        pool: pool === undefined ? null : standings(pool, line.resource),
        before: line.before,
        amount: line.amount,
        hold:
          hold === undefined
            ? null
            : { state: hold.state, expiresAt: hold.expiresAt, amount: hold.amount },
        alternatives: alternatives.filter(({ poolId }) => !occupants.has(poolId)).slice(0, 5),
      };
    }),
  );
}

function itemView(
  item: Row<'versionedDocuments'> | undefined,
  line: Row<'requestLines'>,
): LineView['item'] {
  const body = item?.body as ItemBody | undefined; // published by the product itself from a checked document
  return {
    itemVersionId: line.itemVersionId,
    code: item?.code ?? line.resource,
    nameZh: body?.nameZh ?? line.resource,
    nameEn: body?.nameEn ?? line.resource,
  };
}

async function poolStandings(deps: Deps, poolIds: readonly string[]) {
  const balances = (
    await Promise.all(poolIds.map((id) => balancesByScope(deps.store, 'capacity', id)))
  ).flat();
  return (pool: Row<'pools'>, resource: ResourceName): PoolStanding => {
    const commodity = capacityCommodity(pool.id, resource);
    const total = (stage: string) =>
      sumAmounts(
        balances
          .filter((row) => row.commodity === commodity && row.stage === stage)
          .map((row) => row.balance),
      );
    return {
      id: pool.id,
      code: pool.code,
      supply: -total('supply'),
      allocated: total('allocated'),
      held: total('held'),
      free: total('free'),
    };
  };
}
