import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fastifyStatic } from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { notBuiltPage } from './pages.ts';

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
  // What is no page was refused on its way here.
  app.setNotFoundHandler((_request, reply) => {
    if (built) return reply.header('cache-control', 'no-cache').sendFile('index.html');
    return reply.status(503).type('text/html; charset=utf-8').send(notBuiltPage);
  });
}
