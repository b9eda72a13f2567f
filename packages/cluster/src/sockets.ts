import { Agent } from 'undici';
import type { Connection } from './connection.ts';

export interface Ask {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly deadlineMs?: number;
}

/** What came back, whatever it says. */
export interface Reply {
  readonly status: number;
  readonly retryAfterSeconds: number;
  readonly text: string;
}

export interface Opened {
  readonly status: number;
  readonly body: AsyncIterable<Uint8Array> & { text(): Promise<string> };
}

export interface Sockets {
  /** `fresh` reads the credentials again. */
  call(ask: Ask, fresh: boolean): Promise<Reply>;
  /** An endless answer, on sockets that calls do not wait for. */
  open(ask: Ask, signal: AbortSignal): Promise<Opened>;
  close(): Promise<void>;
}

const callDeadlineMs = 10_000;
/** Below the 30 s after which middle boxes and the apiserver begin to cut idle sockets. */
const socketLifeMs = 25_000;

/**
 * One dispatcher a cluster: client-node as shipped makes a TLS handshake for every call. Bodies are JSON, which
 * server-side apply reads as YAML.
 */
export async function createSockets(connection: Connection): Promise<Sockets> {
  const connect = { ...(await connection.tls()), keepAlive: true, timeout: 3_000 };
  // HTTP/1.1 on purpose: one dead HTTP/2 connection would hold up every call at once, and costs as much CPU.
  const calls = new Agent({
    allowH2: false,
    connections: 16,
    keepAliveTimeout: socketLifeMs,
    connect,
  });
  const watches = new Agent({
    allowH2: false,
    connections: 8,
    bodyTimeout: 0,
    headersTimeout: 0,
    connect,
  });

  const options = async (ask: Ask, fresh: boolean) => {
    const authorization = await connection.authorization(fresh);
    return {
      origin: connection.server,
      path: pathOf(ask),
      method: ask.method,
      headers: {
        accept: 'application/json',
        'user-agent': 'yunheng',
        ...(authorization === null ? {} : { authorization }),
        ...(ask.body === undefined
          ? {}
          : { 'content-type': ask.contentType ?? 'application/json' }),
      },
      body: ask.body === undefined ? null : JSON.stringify(ask.body),
    };
  };

  return {
    async call(ask, fresh) {
      const signal = AbortSignal.timeout(ask.deadlineMs ?? callDeadlineMs);
      const answer = await calls.request({ ...(await options(ask, fresh)), signal });
      const text = await answer.body.text();
      const seconds = Number(answer.headers['retry-after'] ?? 0);
      const retryAfterSeconds = Number.isFinite(seconds) ? seconds : 0;
      return { status: answer.statusCode, retryAfterSeconds, text };
    },
    async open(ask, signal) {
      const answer = await watches.request({ ...(await options(ask, false)), signal });
      return { status: answer.statusCode, body: answer.body };
    },
    async close() {
      await Promise.all([calls.destroy(), watches.destroy()]);
    },
  };
}

function pathOf({ path, query }: Ask): string {
  return query === undefined ? path : `${path}?${new URLSearchParams(query).toString()}`;
}
