import { countedIds } from '@yunheng/testkit/counted-ids';
import { drivenClock } from '@yunheng/testkit/driven-clock';
import { fakeClusters } from './fakes.ts';
import { direct } from './machinery.ts';
import { outsideOfFakes } from './outside.ts';
import { playAll } from './play.ts';
import { openWorld } from './world.ts';

playAll('SQLite in memory, no queue, fake clusters', async () => {
  const clusters = fakeClusters();
  return openWorld({
    url: ':memory:',
    clock: drivenClock(),
    ids: countedIds(),
    clusters,
    outside: outsideOfFakes(clusters),
    start: direct,
  });
});
