import * as contract from './contract/estate.ts';
import { unwrap } from './errors.ts';
import { signedIn } from './ladder.ts';
import { pending } from './pending.ts';
import { t } from './trpc.ts';
import type { z } from 'zod';

export const estateRouter = t.router({
  capacity: signedIn('estate.capacity', ['GET', '/capacity', 'Pools with supply, promise and rest'])
    .input(contract.capacityOverview.input)
    .output(contract.capacityOverview.output)
    .query(async () => unwrap(await pending<z.output<typeof contract.capacityOverview.output>>())),

  pool: signedIn('estate.pool', ['GET', '/pools/{poolId}', 'One pool and who holds it'])
    .input(contract.poolDetail.input)
    .output(contract.poolDetail.output)
    .query(async () => unwrap(await pending<z.output<typeof contract.poolDetail.output>>())),

  offers: signedIn('estate.offers', ['GET', '/offers', 'What each cloud node offers at the moment'])
    .input(contract.offers.input)
    .output(contract.offers.output)
    .query(async () => unwrap(await pending<z.output<typeof contract.offers.output>>())),
});
