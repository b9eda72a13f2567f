import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  removePrivatePostgres,
  startPrivatePostgres,
} from '@yunheng/local-cluster/private-postgres';
import { findRedisProgram, startPrivateRedis } from '@yunheng/local-cluster/private-redis';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { openQueue } from './queue.ts';
import type { QueueSource } from './queue-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'yunheng-queue-'));
afterAll(async () => {
  await removePrivatePostgres(join(folder, 'postgres'));
  rmSync(folder, { recursive: true, force: true });
});

async function redis(): Promise<QueueSource> {
  const program = findRedisProgram(process.env['PATH'] ?? '');
  if (program === null)
    throw new Error('redis-server or valkey-server is not on PATH: install one');
  const server = await startPrivateRedis(program, join(folder, 'redis'));
  return { kind: 'redis', url: server.url, origin: program, stop: () => server.stop() };
}

async function postgres(): Promise<QueueSource> {
  const server = await startPrivatePostgres(join(folder, 'postgres'));
  return { kind: 'postgres', url: server.url, origin: 'test', stop: () => server.stop() };
}

describe.each([
  { name: 'Redis', start: redis },
  { name: 'PostgreSQL', start: postgres },
])('the queue on $name', ({ start }) => {
  it('runs a wake-up once per job id, holds a delayed one back, and counts what waits', async () => {
    const source = await start();
    const queue = await openQueue(source);
    try {
      const seen: string[] = [];
      await queue.add({ jobId: 'out_a-1', taskId: 'tsk_a', delayMs: 0 });
      await queue.add({ jobId: 'out_a-1', taskId: 'tsk_a', delayMs: 0 });
      await queue.add({ jobId: 'out_b-1', taskId: 'tsk_b', delayMs: 600_000 });
      expect(await queue.waiting()).toBeGreaterThanOrEqual(1);
      queue.work(async (taskId) => void seen.push(taskId), 4);
      await vi.waitFor(() => expect(seen).toEqual(['tsk_a']), { timeout: 10_000 });
      await queue.add({ jobId: 'out_a-2', taskId: 'tsk_a', delayMs: 0 });
      await vi.waitFor(() => expect(seen).toEqual(['tsk_a', 'tsk_a']), { timeout: 10_000 });
    } finally {
      await queue.close();
      await source.stop();
    }
  });

  it('answers queue.unavailable within its deadline when the server is gone', async () => {
    const source = await start();
    const queue = await openQueue(source);
    await source.stop();
    try {
      await expect(queue.add({ jobId: 'out_c-1', taskId: 'tsk_c', delayMs: 0 })).rejects.toThrow();
    } finally {
      await queue.close();
    }
  });
});
