import { timingSafeEqual } from 'node:crypto';
import type { Instant } from '@yunheng/kernel/clock';
import type { RpcDeps } from '@yunheng/rpc/context';
import { domainError } from '@yunheng/kernel/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { HttpRefusal } from './refusal.ts';

/** What is under way, as the composition reads it. */
export interface Figures {
  readonly tasks: readonly { readonly state: string; readonly count: number }[];
  readonly outbox: { readonly pending: number; readonly oldest: Instant | null };
  readonly clusters: readonly { readonly name: string; readonly lastSeenAt: Instant | null }[];
}

export interface MetricsParts {
  readonly deps: RpcDeps;
  readonly token: string | null;
  figures(): Promise<Figures>;
}

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** For Prometheus on this machine, or from elsewhere with the token that the installation names. */
export function serveMetrics(app: FastifyInstance, parts: MetricsParts): void {
  const { deps, token } = parts;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  countRequests(app, registry);
  countCommits(app, registry, deps);
  gaugeOperations(registry, parts);
  app.get('/metrics', async (request, reply) => {
    if (!mayScrape(request, token)) throw new HttpRefusal(domainError('auth.required'));
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

function countRequests(app: FastifyInstance, registry: Registry): void {
  const seconds = new Histogram({
    name: 'yunheng_http_seconds',
    help: 'Time to answer, by route and status class',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    // The route as it was declared: an address with ids would make a series for each.
    const route = request.routeOptions.url ?? 'none';
    const status = `${Math.floor(reply.statusCode / 100)}xx`;
    seconds.observe({ method: request.method, route, status }, reply.elapsedTime / 1000);
  });
}

function countCommits(app: FastifyInstance, registry: Registry, deps: RpcDeps): void {
  const commits = new Counter({
    name: 'yunheng_commits_total',
    help: 'Group commits of this process',
    registers: [registry],
  });
  const stop = deps.store.onCommit(() => commits.inc());
  app.addHook('onClose', async () => stop());
}

function gaugeOperations(registry: Registry, parts: MetricsParts): void {
  const tasks = new Gauge({
    name: 'yunheng_provisioning_tasks',
    help: 'Provisioning tasks by state',
    labelNames: ['state'],
    registers: [registry],
  });
  const pending = new Gauge({
    name: 'yunheng_outbox_pending',
    help: 'Outbox rows that are not done',
    registers: [registry],
  });
  const clusters = new Gauge({
    name: 'yunheng_cluster_age_seconds',
    help: 'Time since a cluster answered last',
    labelNames: ['cluster'],
    registers: [registry],
  });
  new Gauge({
    name: 'yunheng_outbox_age_seconds',
    help: 'Age of the oldest outbox row that is not done',
    registers: [registry],
    async collect() {
      const figures = await parts.figures();
      const now = parts.deps.clock.business();
      const ageOf = (at: number | null) => (at === null ? 0 : Math.max(0, (now - at) / 1000));
      this.set(ageOf(figures.outbox.oldest));
      pending.set(figures.outbox.pending);
      tasks.reset();
      for (const { state, count } of figures.tasks) tasks.set({ state }, count);
      clusters.reset();
      for (const { name, lastSeenAt } of figures.clusters) {
        if (lastSeenAt !== null) clusters.set({ cluster: name }, ageOf(lastSeenAt));
      }
    },
  });
}

function mayScrape(request: FastifyRequest, token: string | null): boolean {
  if (token === null) return loopback.has(request.ip);
  const sent = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return sent.length === wanted.length && timingSafeEqual(sent, wanted);
}
