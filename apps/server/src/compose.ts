import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AnonymousRefusals } from '@yunheng/application/identity/anonymous-refusals';
import { LoginTurns } from '@yunheng/application/identity/login-turns';
import type { Signer } from '@yunheng/application/ports/secrets';
import { countUsers, readSetting } from '@yunheng/db/queries/identity';
import { openSqlite } from '@yunheng/db/sqlite/open';
import type { Store } from '@yunheng/db/store';
import type { Ids } from '@yunheng/kernel/ids';
import type { RpcDeps } from '@yunheng/rpc/context';
import type { Installation } from '@yunheng/rpc/installation';
import type { Config } from './config.ts';
import { createClock } from './crypto/clock.ts';
import { createIds } from './crypto/ids.ts';
import { createSecrets } from './crypto/passwords.ts';
import { openSigner } from './crypto/signer.ts';
import type { Need } from './http/probes.ts';
import { version } from './version.ts';

/** Everything that a process is made of; `close` gives it back in the opposite order. */
export interface Composition {
  readonly config: Config;
  readonly deps: RpcDeps;
  readonly signer: Signer;
  readonly needs: readonly Need[];
  close(): Promise<void>;
}

/** The one place where adapters meet use cases. What exists here exists nowhere else as a default. */
export async function compose(config: Config): Promise<Composition> {
  mkdirSync(config.home, { recursive: true, mode: 0o700 });
  const ids = createIds();
  const store = await openStore(config, ids);
  const clock = createClock(await businessOffset(store));
  const base = { store, clock, ids, secrets: createSecrets(), logins: new LoginTurns() };
  const refusals = new AnonymousRefusals(base);
  const deps: RpcDeps = { ...base, refusals, installation: installationOf(config) };
  const minutely = setInterval(() => void refusals.flush().catch(() => undefined), 60_000).unref();
  return {
    config,
    deps,
    signer: openSigner(config.home),
    needs: [
      { name: 'store', missing: async () => ((await countUsers(store)) >= 0 ? null : 'rows') },
    ],
    async close() {
      clearInterval(minutely);
      await refusals.flush({ all: true });
      await store.close();
    },
  };
}

function openStore(config: Config, ids: Ids): Promise<Store> {
  return openSqlite(join(config.home, 'yunheng.db'), { ids });
}

/** Business time ahead of real time, set before the first row and kept in the database (design 7). */
async function businessOffset(store: Store): Promise<number> {
  const offset = await readSetting(store, 'clock.offset');
  return typeof offset === 'number' ? offset : 0;
}

function installationOf(config: Config): Installation {
  return {
    profile: config.profile,
    version,
    clusters: async () => [],
    backlog: async () => 0,
  };
}
