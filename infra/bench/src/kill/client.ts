import { once } from 'node:events';
import { openAcknowledged } from './acknowledged.ts';
import type { ClientOrders } from './client-process.ts';
import { carryRequests } from './office.ts';
import { seededRandom } from './random.ts';

const desks = 2;

/** Runs until it is ended from outside; pauses between two requests when it is told to. */
const [orders] = (await once(process, 'message')) as [ClientOrders]; // sent by client-process.ts
const log = openAcknowledged(orders.log);

let paused = Promise.withResolvers<void>();
paused.resolve();
let atWork = desks;

/** Every desk comes by here between two requests. */
async function mayGoOn(): Promise<void> {
  atWork -= 1;
  tellWhenIdle();
  await paused.promise;
  atWork += 1;
}

let asked = false;
function tellWhenIdle(): void {
  if (!asked || atWork > 0) return;
  asked = false;
  process.send?.('paused');
}

process.on('message', (message) => {
  if (message === 'resume') paused.resolve();
  if (message !== 'pause') return;
  paused = Promise.withResolvers<void>();
  asked = true;
  tellWhenIdle();
});

await Promise.all(
  Array.from({ length: desks }, (_none, index) =>
    carryRequests({
      ...orders,
      log,
      random: seededRandom(orders.seed + index),
      mayGoOn,
    }),
  ),
);
