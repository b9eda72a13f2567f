import { Agent, request } from 'node:https';
import { ClusterToolError } from './errors.ts';
import { textAt } from './files.ts';
import type { Credentials } from './kubeconfig.ts';

export type ApiAnswer = { readonly status: number; readonly body: unknown };

export type ApiCall = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly deadlineMs?: number;
};

/** As much of a client as a cluster's own machinery needs: the product has a real one. */
export class ApiClient {
  readonly server: string;
  readonly #agent: Agent;
  readonly #token: string | undefined;

  constructor(credentials: Credentials) {
    this.server = credentials.server;
    this.#token = credentials.token;
    this.#agent = new Agent({
      keepAlive: true,
      maxSockets: 8,
      ...(credentials.ca === '' ? {} : { ca: credentials.ca }),
      ...(credentials.cert === undefined ? {} : { cert: credentials.cert }),
      ...(credentials.key === undefined ? {} : { key: credentials.key }),
    });
  }

  async call(call: ApiCall): Promise<ApiAnswer> {
    const payload = call.body === undefined ? undefined : JSON.stringify(call.body);
    const { status, text } = await this.#send(call, payload);
    if (text === '') return { status, body: undefined };
    try {
      const body: unknown = JSON.parse(text);
      return { status, body };
    } catch {
      return { status, body: text };
    }
  }

  /** The body of an answer below 300; otherwise an error with the server's own message. */
  async expect(call: ApiCall): Promise<unknown> {
    const { status, body } = await this.call(call);
    if (status < 300) return body;
    const message = textAt(body, 'message') ?? `HTTP ${status}`;
    const params = { call: `${call.method} ${call.path}`, status: String(status), message };
    throw new ClusterToolError(
      status === 401 || status === 403 ? 'BASE_REFUSED' : 'API_UNREACHABLE',
      params,
      `${params.call}: ${message}`,
    );
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(call: ApiCall, payload: string | undefined): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const outgoing = request(
        new URL(call.path, this.server),
        {
          method: call.method,
          agent: this.#agent,
          signal: AbortSignal.timeout(call.deadlineMs ?? 15_000),
          headers: {
            accept: 'application/json',
            ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
            ...(payload === undefined
              ? {}
              : {
                  'content-type': call.contentType ?? 'application/json',
                  'content-length': Buffer.byteLength(payload),
                }),
          },
        },
        (incoming) => {
          const parts: Buffer[] = [];
          incoming.on('data', (part: Buffer) => parts.push(part));
          incoming.on('error', reject);
          incoming.on('end', () =>
            resolve({
              status: incoming.statusCode ?? 0,
              text: Buffer.concat(parts).toString('utf8'),
            }),
          );
        },
      );
      outgoing.on('error', (error) =>
        reject(
          new ClusterToolError(
            'API_UNREACHABLE',
            { server: this.server },
            `${this.server} does not answer: ${error.message}`,
          ),
        ),
      );
      outgoing.end(payload);
    });
  }
}
