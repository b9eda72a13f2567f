import type { WakeQueue } from '@yunheng/application/provisioning/ports';
import { AdapterError } from '@yunheng/kernel/errors';
import { invariant } from '@yunheng/kernel/invariant';
import {
  createPostgresBackend,
  createRedisBackend,
  runMigrations,
  withBackend,
  type BackendClasses,
  type IQueueBackend,
  type Queue,
} from 'bullmq';
import pg from 'pg';
import type { QueueSource } from './queue-source.ts';

/** Jobs carry an id and nothing else: the row is the truth, the job a wake-up (design 7, Effects). */
export interface ProvisionQueue extends WakeQueue {
  work(run: (taskId: string) => Promise<void>, concurrency: number): void;
  /** For the operators' read-only board and the metrics. */
  readonly queue: Queue;
  close(): Promise<void>;
}

export const queueName = 'provision';
/** `queue.add` waits for ever for a Redis that is away, so the deadline is ours. */
const addDeadlineMs = 3_000;

/** The same classes on both backends; only the connection differs. */
export async function openQueue(source: QueueSource): Promise<ProvisionQueue> {
  if (source.kind === 'redis')
    return queueOver(withBackend(createRedisBackend), redisOptions(source.url));
  await migrate(source.url);
  return queueOver(withBackend(createPostgresBackend), source.url);
}

function queueOver<B extends IQueueBackend, C>(
  classes: BackendClasses<B, C>,
  connection: C,
): ProvisionQueue {
  const queue = new classes.Queue<{ taskId: string }>(queueName, { connection });
  // An unheard error would end the process; what is overdue is noticed by the sweep, from the rows.
  queue.on('error', () => undefined);
  const closing: (() => Promise<void>)[] = [];
  return {
    queue: forBoard(queue),
    async add({ jobId, taskId, delayMs }) {
      const options = {
        jobId,
        delay: delayMs,
        attempts: 1,
        removeOnComplete: true,
        removeOnFail: 1_000,
      };
      await inTime(queue.add('wake', { taskId }, options));
    },
    work(run, concurrency) {
      const worker = new classes.Worker<{ taskId: string }>(
        queueName,
        async (job) => {
          await run(job.data.taskId);
        },
        {
          connection,
          concurrency,
          lockDuration: 10_000,
          stalledInterval: 5_000,
          maxStalledCount: 1_000,
        },
      );
      worker.on('error', () => undefined); // as above
      closing.push(() => worker.close());
    },
    waiting: () => inTime(queue.count()),
    async close() {
      const closed = closing.map((close) => close());
      // A backend that is gone never answers: what is lost with it is a wake-up.
      await inTime(Promise.allSettled([...closed, queue.close()])).catch(() => undefined);
    },
  };
}

/** bull-board names the class of the Redis backend, and reads through what every backend has. */
function forBoard(queue: object): Queue {
  invariant(isQueue(queue), 'a queue of BullMQ counts its jobs');
  return queue;
}

const isQueue = (value: object): value is Queue => 'getJobCounts' in value;

function redisOptions(url: string) {
  const { hostname, port, username, password, pathname, protocol } = new URL(url);
  return {
    host: hostname,
    port: port === '' ? 6379 : Number(port),
    db: Number(pathname.slice(1)) || 0,
    maxRetriesPerRequest: null,
    ...(username === '' ? {} : { username: decodeURIComponent(username) }),
    ...(password === '' ? {} : { password: decodeURIComponent(password) }),
    ...(protocol === 'rediss:' ? { tls: {} } : {}),
  };
}

/** The PostgreSQL backend never migrates by itself, and an old schema starts without complaint. */
async function migrate(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  pool.on('error', () => undefined); // the migration's own statement reports it
  try {
    await runMigrations(pool);
  } finally {
    await pool.end();
  }
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  const deadline = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => deadline.reject(new AdapterError('queue.unavailable', { retryable: true })),
    addDeadlineMs,
  );
  try {
    return await Promise.race([work, deadline.promise]);
  } finally {
    clearTimeout(timer);
  }
}
