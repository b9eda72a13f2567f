import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  removePrivatePostgres,
  startPrivatePostgres,
} from '@yunheng/local-cluster/private-postgres';
import pg from 'pg';

export interface PostgresServer {
  readonly url: string;
  /** A new empty database on this server. */
  createDatabase(): Promise<string>;
  /** The server goes and comes back on the same port, as after a failure of the machine. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** The product's own private PostgreSQL, in a folder that goes with it. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'yunheng-test-postgres-'));
  let server = await startPrivatePostgres(folder, { durable: false });
  const { url } = server;
  const port = Number(new URL(url).port);
  return {
    url,
    createDatabase: async () => {
      const name = `test_${randomBytes(6).toString('hex')}`;
      await query(url, `create database ${name}`);
      return Object.assign(new URL(url), { pathname: name }).href;
    },
    restart: async () => {
      await server.stop();
      server = await startPrivatePostgres(folder, { port, durable: false });
    },
    stop: async () => {
      await server.stop();
      await removePrivatePostgres(folder);
    },
  };
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
