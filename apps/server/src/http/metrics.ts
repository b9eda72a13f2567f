import { timingSafeEqual } from 'node:crypto';
import type { RpcDeps } from '@yunheng/rpc/context';
import { domainError } from '@yunheng/kernel/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import { operationGauges, type Figures } from './operation-gauges.ts';
import { HttpRefusal } from './refusal.ts';

export interface MetricsParts {
  readonly deps: RpcDeps;
  readonly token: string | null;
  figures(): Promise<Figures>;
}

/** Well within the ten seconds that Prometheus gives a scrape. */
const figuresWithinMs = 2_000;

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** For Prometheus on this machine, or from elsewhere with the token that the installation names. */
export function serveMetrics(app: FastifyInstance, parts: MetricsParts): void {
  const { deps, token } = parts;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  countRequests(app, registry);
  countCommits(app, registry, deps);
  const readOperations = operationGauges(registry, {
    figures: () => parts.figures(),
    now: () => deps.clock.business(),
    withinMs: figuresWithinMs,
  });
  app.get('/metrics', async (request, reply) => {
    if (!mayScrape(request, token)) throw new HttpRefusal(domainError('auth.required'));
    // Before the registry is asked: what it gathers side by side would show the scrape before.
    await readOperations();
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

function mayScrape(request: FastifyRequest, token: string | null): boolean {
  if (token === null) return loopback.has(request.ip);
  const sent = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return sent.length === wanted.length && timingSafeEqual(sent, wanted);
}
