import { createServer, STATUS_CODES, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { domainError, type ErrorCode } from '@yunheng/kernel/errors';
import type { RpcDeps } from '@yunheng/rpc/context';
import { problemOf, problemType } from './problem.ts';

export interface BareParts {
  readonly deps: Pick<RpcDeps, 'ids' | 'refusals'>;
  /** What every answer carries. */
  readonly headers: Readonly<Record<string, string>>;
}

/** To send a request, not to be answered: whoever dribbles a body ties up no connection. */
const requestTimeout = 30_000;
/** Longer than the minute after which gateways give up a connection that they keep. */
const keepAliveTimeout = 72_000;
/** To read the refusal: a connection that was closed at once may lose what was written to it last. */
const partingMs = 1_000;

/**
 * Node's server, made so that nothing is answered past our headers: its parser's refusals, a missing host and an
 * expectation that it does not know. The framework would see to the first of two addresses only.
 */
export function bareServer(handler: RequestListener, parts: BareParts): Server {
  const options = { requireHostHeader: false, requestTimeout, keepAliveTimeout };
  const server = createServer(options, handler);
  // An expectation that nobody knows may be passed over (RFC 9110, 10.1.1).
  server.on('checkExpectation', handler);
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    // A connection that broke has nobody to answer.
    if (error.code !== 'ECONNRESET' && socket.writable) refuse(error.code ?? '', socket, parts);
    else socket.destroy();
  });
  return server;
}

interface Unreadable {
  readonly status: number;
  readonly code: ErrorCode;
}

const unreadable: Readonly<Record<string, Unreadable>> = {
  HPE_HEADER_OVERFLOW: { status: 431, code: 'input.too_large' },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, code: 'input.too_large' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'input.not_http' },
};

/** Nothing of such a request could be read, its language neither: the answer is in the first one. */
function refuse(fault: string, socket: Socket, { deps, headers }: BareParts): void {
  const { status, code } = unreadable[fault] ?? { status: 400, code: 'input.not_http' };
  deps.refusals.count(socket.remoteAddress ?? '', code);
  const locale = 'zh-CN';
  const about = { locale, requestId: deps.ids.next('httpRequest') } as const;
  const body = JSON.stringify({ ...problemOf(domainError(code), about), status });
  const lines = Object.entries({
    ...headers,
    'content-type': problemType,
    'content-language': locale,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('\r\n')}\r\n\r\n${body}`,
  );
  setTimeout(() => socket.destroy(), partingMs).unref();
}
