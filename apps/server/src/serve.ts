import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compose } from './compose.ts';
import type { Config } from './config.ts';
import { createApp } from './http/app.ts';
import { listen } from './http/listen.ts';

export interface Running {
  readonly url: string;
  close(): Promise<void>;
}

const consoleFolder = fileURLToPath(new URL('../../console/dist', import.meta.url));

/** Starts everything of one process, and tells other programs on this machine where it is. */
export async function serve(config: Config): Promise<Running> {
  const composition = await compose(config);
  const { deps, needs } = composition;
  try {
    const app = await createApp({ config, deps, needs, consoleFolder });
    const url = await listen(app, config);
    const card = join(config.home, 'server.json');
    writeFileSync(card, JSON.stringify({ url, pid: process.pid }), { mode: 0o600 });
    return {
      url,
      async close() {
        rmSync(card, { force: true });
        await app.close();
        await composition.close();
      },
    };
  } catch (error) {
    await composition.close();
    throw error;
  }
}
