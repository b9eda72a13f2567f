import { capacityOverview } from '@yunheng/application/estate/capacity-overview';
import { offers } from '@yunheng/application/estate/offers';
import { poolDetail } from '@yunheng/application/estate/pool-detail';
import * as contract from './contract/estate.ts';
import { unwrap } from './errors.ts';
import { signedIn } from './ladder.ts';
import { t } from './trpc.ts';

export const estateRouter = t.router({
  capacity: signedIn('estate.capacity', ['GET', '/capacity', 'Pools with supply, promise and rest'])
    .input(contract.capacityOverview.input)
    .output(contract.capacityOverview.output)
    .query(async ({ ctx, input }) => unwrap(await capacityOverview(ctx.deps, ctx.call, input))),

  pool: signedIn('estate.pool', ['GET', '/pools/{poolId}', 'One pool and who holds it'])
    .input(contract.poolDetail.input)
    .output(contract.poolDetail.output)
    .query(async ({ ctx, input }) => unwrap(await poolDetail(ctx.deps, ctx.call, input))),

  offers: signedIn('estate.offers', ['GET', '/offers', 'What each cloud node offers at the moment'])
    .input(contract.offers.input)
    .output(contract.offers.output)
    .query(async ({ ctx }) => unwrap(await offers(ctx.deps, ctx.call))),
});
