import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { operationGauges, type Figures } from './operation-gauges.ts';

const now = 1_764_000_000_000;
const figures = (pending: number): Figures => ({
  tasks: [{ state: 'running', count: pending }],
  revocations: [{ state: 'failed', count: 1 }],
  outbox: { pending, oldest: pending === 0 ? null : now - 5_000 },
  clusters: [
    { name: 'sheng', lastSeenAt: now - 2_000 },
    { name: 'shi', lastSeenAt: null },
  ],
});
const linesOf = (text: string): readonly string[] =>
  text.split('\n').filter((line) => line.startsWith('yunheng_'));

/** One scrape after the other, each with what is there at that moment. */
function scraper(read: () => Promise<Figures>, withinMs = 1_000) {
  const registry = new Registry();
  const refresh = operationGauges(registry, { figures: read, now: () => now, withinMs });
  return async () => {
    await refresh();
    return linesOf(await registry.metrics());
  };
}

test('each scrape shows what is there when it is asked, not what the last one saw', async () => {
  let pending = 3;
  const scrape = scraper(async () => figures(pending));
  expect(await scrape()).toEqual([
    'yunheng_operations_read 1',
    'yunheng_provisioning_tasks{state="running"} 3',
    'yunheng_access_revocations{state="failed"} 1',
    'yunheng_outbox_pending 3',
    'yunheng_outbox_age_seconds 5',
    'yunheng_cluster_age_seconds{cluster="sheng"} 2',
  ]);
  pending = 0;
  const second = await scrape();
  expect(second).toContain('yunheng_outbox_pending 0');
  expect(second).toContain('yunheng_outbox_age_seconds 0');
  expect(second).toContain('yunheng_provisioning_tasks{state="running"} 0');
});

test.each([
  ['fails', () => Promise.reject(new Error('no database'))],
  ['does not answer in time', () => new Promise<Figures>(() => undefined)],
])('a database that %s leaves no figure standing', async (_, broken) => {
  const reads = [async () => figures(3), broken, async () => figures(4)];
  const scrape = scraper(() => (reads.shift() ?? broken)(), 20);
  await scrape();
  const without = await scrape();
  expect(without).toContain('yunheng_operations_read 0');
  expect(without).toContain('yunheng_outbox_pending Nan');
  expect(without.join('\n')).not.toContain('state=');
  expect(without.join('\n')).not.toContain('cluster=');
  expect(await scrape()).toContain('yunheng_outbox_pending 4');
});
