import { AdapterError } from '@yunheng/kernel/errors';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent } from 'undici';
import { createBreaker, type Breaker } from './breaker.ts';
import type { Connection } from './connection.ts';
import { refusalOf, unreachable, type StatusBody } from './refusals.ts';

export interface Ask {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly deadlineMs?: number;
}

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

export interface Transport {
  /** Throws an AdapterError for everything but 2xx. */
  send<T>(ask: Ask): Promise<Answer<T>>;
  /** Null for 404: absence is an answer. */
  find<T>(ask: Ask): Promise<Answer<T> | null>;
  /** Opens an endless answer, on sockets of its own. */
  stream(ask: Ask, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  readonly breaker: Breaker;
  close(): Promise<void>;
}

const callDeadlineMs = 10_000;
const listDeadlineMs = 30_000;
/** Below the 30 s after which middle boxes and the apiserver begin to cut idle sockets. */
const socketLifeMs = 25_000;
const longestPauseMs = 2_000;

interface Reply {
  readonly status: number;
  readonly retryAfter: number;
  readonly text: string;
}

/**
 * One dispatcher a cluster: client-node as shipped makes a TLS handshake for every call. Bodies are JSON, which
 * server-side apply reads as YAML. Every verb used here may be repeated, so a call is tried twice before it fails.
 */
export async function createTransport(name: string, connection: Connection): Promise<Transport> {
  const connect = { ...(await connection.tls()), keepAlive: true, timeout: 3_000 };
  const agent = new Agent({ connections: 16, keepAliveTimeout: socketLifeMs, connect });
  const watchAgent = new Agent({ connections: 8, bodyTimeout: 0, headersTimeout: 0, connect });
  const breaker = createBreaker({ limit: 5, restMs: 3_000, now: () => performance.now() });

  const headersFor = async (ask: Ask, fresh: boolean): Promise<Record<string, string>> => {
    const authorization = await connection.authorization(fresh);
    return {
      accept: 'application/json',
      'user-agent': 'yunheng',
      ...(authorization === null ? {} : { authorization }),
      ...(ask.body === undefined ? {} : { 'content-type': ask.contentType ?? 'application/json' }),
    };
  };

  const once = async (ask: Ask, fresh: boolean): Promise<Reply> => {
    const answer = await agent.request({
      origin: connection.server,
      path: pathOf(ask),
      method: ask.method,
      headers: await headersFor(ask, fresh),
      body: ask.body === undefined ? null : JSON.stringify(ask.body),
      signal: AbortSignal.timeout(ask.deadlineMs ?? callDeadlineMs),
    });
    const text = await answer.body.text();
    const seconds = Number(answer.headers['retry-after'] ?? 0);
    return {
      status: answer.statusCode,
      retryAfter: Number.isFinite(seconds) ? seconds : 0,
      text,
    };
  };

  const attempt = async (ask: Ask, fresh: boolean): Promise<Reply> => {
    try {
      const reply = await once(ask, fresh);
      if (reply.status >= 500) breaker.failed();
      else breaker.succeeded();
      return reply;
    } catch (cause) {
      breaker.failed();
      throw unreachable(name, cause);
    }
  };

  const exchange = async (ask: Ask): Promise<Reply> => {
    if (!breaker.admits())
      throw new AdapterError('cluster.unavailable', {
        retryable: true,
        params: { cluster: name, reason: 'BreakerOpen' },
      });
    const first = await attempt(ask, false).catch((error: unknown) => {
      if (breaker.open || timedOut(error)) throw error;
      return null;
    });
    if (first === null) return attempt(ask, false);
    if (first.status === 401) return attempt(ask, true);
    if (first.status !== 429) return first;
    await pause(Math.min(longestPauseMs, first.retryAfter * 1000) + Math.random() * 200);
    return attempt(ask, false);
  };

  const send = async <T>(ask: Ask): Promise<Answer<T>> => {
    const reply = await exchange(ask);
    if (reply.status < 300) return { status: reply.status, body: parsed<T>(name, reply.text) };
    throw refusalOf({
      cluster: name,
      method: ask.method,
      path: ask.path,
      status: reply.status,
      body: statusBody(reply.text),
    });
  };

  return {
    breaker,
    send,
    async find<T>(ask: Ask): Promise<Answer<T> | null> {
      try {
        return await send<T>(ask);
      } catch (error) {
        if (error instanceof AdapterError && error.params['status'] === 404) return null;
        throw error;
      }
    },
    async stream(ask, signal) {
      const answer = await watchAgent.request({
        origin: connection.server,
        path: pathOf(ask),
        method: 'GET',
        headers: await headersFor(ask, false),
        signal,
      });
      if (answer.statusCode < 300) return answer.body;
      const body = statusBody(await answer.body.text());
      const { method, path } = ask;
      throw refusalOf({ cluster: name, method, path, status: answer.statusCode, body });
    },
    async close() {
      await Promise.all([agent.destroy(), watchAgent.destroy()]);
    },
  };
}

function pathOf({ path, query }: Ask): string {
  return query === undefined ? path : `${path}?${new URLSearchParams(query).toString()}`;
}

const timedOut = (error: unknown): boolean =>
  error instanceof AdapterError && error.params['reason'] === 'TimeoutError';

/** A cut or foreign answer is a cluster that did not answer, not a refusal. */
function parsed<T>(cluster: string, text: string): T {
  try {
    return JSON.parse(text) as T; // the apiserver's own types; what is read from them is checked where it is used
  } catch (cause) {
    throw unreachable(cluster, cause);
  }
}

function statusBody(text: string): StatusBody {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : {};
  } catch {
    return { message: text };
  }
}

/** Every page of a list, 500 at a time. */
export async function listAll<T>(
  transport: Transport,
  path: string,
  query: Readonly<Record<string, string>> = {},
): Promise<{ readonly items: readonly T[]; readonly resourceVersion: string }> {
  const items: T[] = [];
  let next = '';
  for (;;) {
    const { body } = await transport.send<ListBody<T>>({
      method: 'GET',
      path,
      query: { ...query, limit: '500', ...(next === '' ? {} : { continue: next }) },
      deadlineMs: listDeadlineMs,
    });
    items.push(...body.items);
    next = body.metadata.continue ?? '';
    if (next === '') return { items, resourceVersion: body.metadata.resourceVersion ?? '' };
  }
}

interface ListBody<T> {
  readonly items: readonly T[];
  readonly metadata: { readonly continue?: string; readonly resourceVersion?: string };
}
