import { domainError } from '@yunheng/kernel/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HttpRefusal } from './refusal.ts';

/** Nothing inline, nothing from elsewhere: the console, its reading page and the queues load from here alone. */
export const pagePolicy = ({ base }: { base: "'none'" | "'self'" }): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    `base-uri ${base}`,
    "object-src 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

const headers = {
  'content-security-policy': pagePolicy({ base: "'none'" }),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
} as const;

/** The same for who answers below the framework: over HTTPS also that it stays HTTPS. */
export const headersOf = ({
  publicOrigin,
}: {
  readonly publicOrigin: string | null;
}): Readonly<Record<string, string>> =>
  publicOrigin?.startsWith('https:') === true
    ? { ...headers, 'strict-transport-security': 'max-age=31536000; includeSubDomains' }
    : headers;

export function secure(app: FastifyInstance, options: { publicOrigin: string | null }): void {
  const all = headersOf(options);
  app.addHook('onRequest', async (request) => {
    checkHost(request, options.publicOrigin);
    if (request.method !== 'GET' && request.method !== 'HEAD') checkOrigin(request, options);
  });
  app.addHook('onSend', async (_request, reply) => {
    secured(reply, all);
  });
}

/** What every answer carries, unless its route said otherwise. */
export function secured(reply: FastifyReply, all: Readonly<Record<string, string>>): FastifyReply {
  for (const [name, value] of Object.entries(all)) {
    if (!reply.hasHeader(name)) reply.header(name, value);
  }
  return reply;
}

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A foreign name that was made to point here (DNS rebinding) is not us. */
function checkHost(request: FastifyRequest, publicOrigin: string | null): void {
  const { host } = request.headers;
  if (host === undefined) throw new HttpRefusal(domainError('input.not_http'));
  const name = host.replace(/:\d+$/u, '');
  if (loopbackNames.has(name)) return;
  if (publicOrigin !== null && new URL(publicOrigin).host === host) return;
  throw new HttpRefusal(domainError('auth.origin'));
}

/** A write comes from a page of ours, or from a program that is no browser and sends neither header. */
function checkOrigin(request: FastifyRequest, options: { publicOrigin: string | null }): void {
  const site = request.headers['sec-fetch-site'];
  const { origin } = request.headers;
  const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  const foreignOrigin = origin !== undefined && !isOurs(origin, request, options.publicOrigin);
  if (foreignSite || foreignOrigin) throw new HttpRefusal(domainError('auth.origin'));
}

function isOurs(origin: string, request: FastifyRequest, publicOrigin: string | null): boolean {
  if (publicOrigin !== null && origin === new URL(publicOrigin).origin) return true;
  return origin === `http://${request.headers.host ?? ''}`;
}
