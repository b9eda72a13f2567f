import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AdapterError,
  domainError,
  errorCodes,
  type DomainError,
  type ErrorCode,
} from '@yunheng/kernel/errors';
import { err, ok, type Result } from '@yunheng/kernel/result';
import { params } from '@yunheng/rpc/contract/common';
import { z } from 'zod';
import type { Invocation } from './verb.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface Sent {
  readonly method: Method;
  /** Below /api/v1. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The public API of the running server, as any other program uses it. */
export interface Client {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  send<T>(sent: Sent, schema: z.ZodType<T>): Promise<Result<T, DomainError>>;
  /** The bare answer, for what is not JSON. */
  raw(sent: Sent): Promise<Response>;
}

const card = z.object({ url: z.string(), pid: z.number() });

/** Where the server of this home listens; null when none runs. A card without its process is left over. */
export function runningServer(home: string): string | null {
  const path = join(home, 'server.json');
  if (!existsSync(path)) return null;
  const { url, pid } = card.parse(JSON.parse(readFileSync(path, 'utf8')));
  return isAlive(pid) ? url : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs, under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

export const tokenPath = (home: string): string => join(home, 'cli-token');

export function connect({ config, terminal, env }: Invocation): Client {
  const url = runningServer(config.home);
  if (url === null) {
    const where = { home: config.home };
    throw new AdapterError('server.not_running', { retryable: true, params: where });
  }
  const token = env['YUNHENG_TOKEN'] ?? savedToken(config.home);
  const headers = {
    'accept-language': terminal.locale,
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  };
  const raw = (sent: Sent) => call(url, headers, sent);
  return { url, headers, raw, send: async (sent, schema) => answerOf(await raw(sent), schema) };
}

function savedToken(home: string): string | null {
  const path = tokenPath(home);
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null;
}

async function call(
  url: string,
  headers: Readonly<Record<string, string>>,
  { method, path, body, headers: own = {} }: Sent,
): Promise<Response> {
  try {
    return await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...headers,
        ...own,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    throw new AdapterError('server.not_running', {
      retryable: true,
      params: { home: url },
      cause: error,
    });
  }
}

const known = z.custom<ErrorCode>((code) => typeof code === 'string' && code in errorCodes);
const problem = z.object({
  code: known,
  params,
  issues: z.array(z.object({ path: z.string(), code: known, params })),
  details: z.unknown(),
});

async function answerOf<T>(
  response: Response,
  schema: z.ZodType<T>,
): Promise<Result<T, DomainError>> {
  if (response.ok) return ok(schema.parse(await response.json()));
  return err(await problemOf(response));
}

/** The refusal that an answer carries. */
export async function problemOf(response: Response): Promise<DomainError> {
  const { code, params: figures, issues, details } = problem.parse(await response.json());
  return domainError(code, figures, { issues, details });
}
