import { AdapterError } from '@yunheng/kernel/errors';
import { setTimeout as pause } from 'node:timers/promises';
import { createBreaker } from './breaker.ts';
import { refusalOf, unreachable, type StatusBody } from './refusals.ts';
import type { Ask, Reply, Sockets } from './sockets.ts';

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

export interface Transport {
  /** Throws an AdapterError for everything but 2xx. */
  send<T>(ask: Ask): Promise<Answer<T>>;
  /** Null for 404: absence is an answer. */
  find<T>(ask: Ask): Promise<Answer<T> | null>;
  stream(ask: Ask, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  close(): Promise<void>;
}

const listDeadlineMs = 30_000;
const longestPauseMs = 2_000;
const pageSize = '500';

export function createTransport(name: string, sockets: Sockets): Transport {
  const exchange = patientCall(name, sockets);
  const send = async <T>(ask: Ask): Promise<Answer<T>> => {
    const { status, text } = await exchange(ask);
    if (status < 300) return { status, body: parsed<T>(name, text) };
    throw refused(name, ask, { status, text });
  };
  return {
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
      const { status, body } = await sockets.open(ask, signal);
      if (status < 300) return body;
      throw refused(name, ask, { status, text: await body.text() });
    },
    close: () => sockets.close(),
  };
}

/** Every verb used here may be repeated, so a call that failed is tried once more; behind a breaker, with a deadline. */
function patientCall(name: string, sockets: Sockets): (ask: Ask) => Promise<Reply> {
  const breaker = createBreaker({ limit: 5, restMs: 3_000, now: () => performance.now() });
  const attempt = async (ask: Ask, fresh: boolean): Promise<Reply> => {
    try {
      const reply = await sockets.call(ask, fresh);
      if (reply.status >= 500) breaker.failed();
      else breaker.succeeded();
      return reply;
    } catch (cause) {
      breaker.failed();
      throw unreachable(name, cause);
    }
  };
  return async (ask) => {
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
    const spread = Math.random() * 200;
    await pause(Math.min(longestPauseMs, first.retryAfterSeconds * 1000) + spread);
    return attempt(ask, false);
  };
}

const timedOut = (error: unknown): boolean =>
  error instanceof AdapterError && error.params['reason'] === 'TimeoutError';

function refused(
  cluster: string,
  { method, path }: Ask,
  { status, text }: Pick<Reply, 'status' | 'text'>,
): AdapterError {
  return refusalOf({ cluster, method, path, status, body: statusBody(text) });
}

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
      query: { ...query, limit: pageSize, ...(next === '' ? {} : { continue: next }) },
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
