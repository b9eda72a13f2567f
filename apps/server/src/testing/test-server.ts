import { verifyLaws } from '@yunheng/application/audit/verify/verify-laws';
import { walkChain } from '@yunheng/application/audit/walk-chain';
import { AnonymousRefusals } from '@yunheng/application/identity/anonymous-refusals';
import { LoginTurns } from '@yunheng/application/identity/login-turns';
import {
  offeredIdentities,
  seedDemoIdentities,
} from '@yunheng/application/identity/seed-demo-identities';
import type { HeadLog, SignedHead } from '@yunheng/application/ports/head-log';
import type { Signer } from '@yunheng/application/ports/secrets';
import { operationFigures } from '@yunheng/db/queries/operations';
import { openSqlite } from '@yunheng/db/sqlite/open';
import type { Store } from '@yunheng/db/store';
import { identities } from '@yunheng/fixtures-guangdong/identities';
import type { ErrorCode } from '@yunheng/kernel/errors';
import type { RpcDeps } from '@yunheng/rpc/context';
import { OpenStreams } from '@yunheng/rpc/open-streams';
import { drivenClock, type DrivenClock } from '@yunheng/testkit/driven-clock';
import type { FastifyInstance } from 'fastify';
import { ClusterRegistry } from '../clusters/registry.ts';
import { readConfig } from '../config.ts';
import { createIds } from '../crypto/ids.ts';
import { createSecrets } from '../crypto/passwords.ts';
import { seedDemo } from '../demo/seed.ts';
import { createApp } from '../http/app.ts';

/** The real application over SQLite in memory, with a clock that tests drive; asked without a network. */
export interface TestServer {
  readonly app: FastifyInstance;
  readonly deps: RpcDeps;
  readonly store: Store;
  readonly clock: DrivenClock;
  /** Password that all identities of the seeded demo share. */
  readonly password: string;
  signIn(username: string, password?: string): Promise<Person>;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** The answer of a procedure; undefined when it refused. */
  readonly value: unknown;
  readonly error: {
    readonly code: ErrorCode;
    readonly kind: string;
    readonly requestId: string;
  } | null;
}

export interface Person {
  readonly userId: string;
  readonly cookie: string;
  readonly csrfToken: string;
  query(procedure: string, input?: unknown): Promise<Answer>;
  mutate(procedure: string, input?: unknown): Promise<Answer>;
}

export async function startTestServer({ province = true } = {}): Promise<TestServer> {
  const clock = drivenClock();
  const ids = createIds();
  const store = await openSqlite(':memory:', { ids });
  const base = { store, clock, ids, secrets: createSecrets(), logins: new LoginTurns() };
  const clusters = new ClusterRegistry();
  const signer: Signer = {
    keyId: 'test',
    sign: (text) => text,
    verify: (text, signature) => text === signature,
  };
  const sealing = { ...base, signer, headLog: headLogInMemory() };
  const deps: RpcDeps = {
    ...sealing,
    refusals: new AnonymousRefusals(base),
    clusters,
    streams: new OpenStreams(),
    // Another thread could not open a database in memory.
    proofs: { laws: () => verifyLaws(sealing, clusters), chain: () => walkChain(sealing) },
    installation: {
      profile: 'test',
      version: '0.0.0',
      clusters: async () => [],
      backlog: async () => 0,
    },
  };
  // Where only people matter, the province of 600 systems would cost a second and a half.
  if (province) await seedDemo({ deps }, { graceDays: null, standing: () => false });
  else await seedDemoIdentities(deps, identities);
  const config = readConfig({ YUNHENG_LOG: 'silent', YUNHENG_PROFILE: 'test' });
  const app = await createApp({
    config,
    deps,
    needs: [],
    consoleFolder: '/nowhere',
    figures: () => operationFigures(store),
  });
  const [offered] = await offeredIdentities(deps);
  const shared = offered?.password ?? '';
  return {
    app,
    deps,
    store,
    clock,
    password: shared,
    signIn: (username, password = shared) => signIn(app, { username, password }),
    async close() {
      await app.close();
      await store.close();
    },
  };
}

export async function signIn(
  app: FastifyInstance,
  who: { username: string; password: string },
): Promise<Person> {
  const answer = await ask(app, { procedure: 'auth.login', input: who, write: true });
  const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
  const signed = answer.value as { userId: string; csrfToken: string } | undefined; // output of auth.login
  if (signed === undefined)
    throw new Error(`${who.username}: ${answer.error?.code ?? answer.text}`);
  const headers = { cookie, 'x-yunheng-csrf': signed.csrfToken };
  return {
    ...signed,
    cookie,
    query: (procedure, input) => ask(app, { procedure, input, headers }),
    mutate: (procedure, input) => ask(app, { procedure, input, headers, write: true }),
  };
}

export interface Asked {
  readonly procedure: string;
  readonly input?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly write?: boolean;
}

/** One tRPC call as the console makes it. */
export async function ask(app: FastifyInstance, asked: Asked): Promise<Answer> {
  const { procedure, input = {}, headers = {}, write = false } = asked;
  const query = write ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`;
  const response = await app.inject({
    method: write ? 'POST' : 'GET',
    url: `/trpc/${procedure}${query}`,
    headers: {
      host: 'localhost',
      ...headers,
      ...(write ? { 'content-type': 'application/json' } : {}),
    },
    ...(write ? { payload: JSON.stringify(input) } : {}),
  });
  const body = parsed(response.body);
  return {
    status: response.statusCode,
    headers: response.headers,
    text: response.body,
    value: body.result?.data,
    error: body.error?.data ?? null,
  };
}

interface Wire {
  readonly result?: { readonly data: unknown };
  readonly error?: { readonly data: Answer['error'] };
}

function parsed(text: string): Wire {
  try {
    return JSON.parse(text) as Wire; // the shape of tRPC's answers, which the tests look into
  } catch {
    return {};
  }
}

function headLogInMemory(): HeadLog {
  const heads: SignedHead[] = [];
  return {
    last: async () => heads.at(-1) ?? null,
    read: async () => heads,
    append: async (more) => void heads.push(...more),
  };
}
