import { fastifyCookie } from '@fastify/cookie';
import type { RpcDeps } from '@yunheng/rpc/context';
import type { Queue } from 'bullmq';
import { fastify, LogController, type FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { bareServer } from './bare-server.ts';
import { serveDocs } from './docs.ts';
import { serveConsole } from './console-files.ts';
import { answerFailures, answerMalformed } from './failure.ts';
import { loggerOf } from './logger.ts';
import { serveMetrics } from './metrics.ts';
import type { Figures } from './operation-gauges.ts';
import { serveProbes, type Need } from './probes.ts';
import { serveQueues } from './queues.ts';
import { serveRest } from './rest.ts';
import { headersOf, secure, secured } from './security.ts';
import { serveTrpc } from './trpc.ts';
import { refuseUnanswered } from './unanswered.ts';

export interface HttpParts {
  readonly config: Config;
  readonly deps: RpcDeps;
  readonly needs: readonly Need[];
  readonly consoleFolder: string;
  figures(): Promise<Figures>;
  /** Shown to operators; none where the process has no queue. */
  readonly queues?: readonly Queue[];
}

export const bodyLimit = 256 * 1024;

/** The whole HTTP face of the process. Nothing here decides anything: it reads, checks the envelope, and hands on. */
export async function createApp(parts: HttpParts): Promise<FastifyInstance> {
  const { config, deps } = parts;
  const headers = headersOf(config);
  const app = fastify({
    bodyLimit,
    serverFactory: (handler) => bareServer(handler, { deps, headers }),
    // The server answers such errors itself, on each of its addresses.
    clientErrorHandler: () => {},
    frameworkErrors: answerMalformed((reply) => secured(reply, headers)),
    // An open event stream would otherwise keep the process from ending.
    forceCloseConnections: true,
    requestIdHeader: false,
    genReqId: () => deps.ids.next('httpRequest'),
    routerOptions: { maxParamLength: 1_000 },
    logger: loggerOf(config.log),
    logController: new LogController({ disableRequestLogging: true }),
  });
  // The framework would read text as well, and hand it on as if somebody had asked for it.
  app.removeContentTypeParser('text/plain');
  await app.register(fastifyCookie);
  secure(app, config);
  refuseUnanswered(app);
  answerFailures(app, deps.refusals);
  serveProbes(app, parts.needs);
  serveMetrics(app, { deps, token: config.metricsToken, figures: () => parts.figures() });
  serveTrpc(app, deps);
  serveRest(app, deps);
  serveDocs(app);
  serveQueues(app, deps, parts.queues ?? []);
  serveConsole(app, parts.consoleFolder);
  return app;
}
