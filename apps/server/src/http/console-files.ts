import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fastifyStatic } from '@fastify/static';
import { domainError } from '@yunheng/kernel/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendFailure } from './failure.ts';
import { notBuiltPage } from './pages.ts';

/** What is an address of a program and never a page of the console. */
const programs = /^\/(?:api|trpc|ops|healthz|readyz|metrics|assets)(?:\/|$|\?)/u;

/**
 * The built console: files with a hash in their name never change, everything else falls back to its index page,
 * because the address belongs to the router in the browser.
 */
export function serveConsole(app: FastifyInstance, folder: string): void {
  const built = existsSync(join(folder, 'index.html'));
  if (built) {
    app.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      index: 'index.html',
      setHeaders: (reply, path) => {
        const immutable = path.includes(`${join(folder, 'assets')}`);
        const value = immutable ? 'public, max-age=31536000, immutable' : 'no-cache';
        reply.header('cache-control', value);
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    if (!isPage(request)) {
      const path = request.url.split('?')[0] ?? request.url;
      return sendFailure(domainError('input.unknown_path', { path }), request, reply);
    }
    if (built) return reply.header('cache-control', 'no-cache').sendFile('index.html');
    return reply.status(503).type('text/html; charset=utf-8').send(notBuiltPage);
  });
}

function isPage(request: FastifyRequest): boolean {
  const reads = request.method === 'GET' || request.method === 'HEAD';
  return reads && !programs.test(request.url);
}
