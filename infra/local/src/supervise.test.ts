import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { readJson } from './files.ts';
import { isAlive, readRecord } from './processes.ts';
import { withFolder } from './stand-ins.ts';
import { supervise, type Command } from './supervise.ts';

function shell(name: string, text: string): Command {
  return { name, program: '/bin/sh', args: ['-c', text] };
}

async function running(
  dir: string,
  phases: Parameters<typeof supervise>[0]['phases'],
  look: () => Promise<void>,
): Promise<void> {
  const end = new AbortController();
  const done = supervise({
    phases,
    cwd: dir,
    logDir: join(dir, 'logs'),
    runDir: join(dir, 'run'),
    signal: end.signal,
    firstDelayMs: 5,
  });
  try {
    await look();
  } finally {
    end.abort();
    await done;
  }
}

test('a member that crashes is started again, and the restarts are counted', async () => {
  await withFolder((dir) =>
    running(dir, [{ commands: [shell('weak', 'echo up; exit 1')] }], async () => {
      await vi.waitFor(() => {
        expect(readJson(join(dir, 'run', 'weak.json'))?.['restarts']).toBeGreaterThanOrEqual(2);
      }, 10_000);
      expect(readFileSync(join(dir, 'logs', 'weak.log'), 'utf8')).toMatch(/up\nup\n/);
    }),
  );
});

test('a phase waits until the one before is ready', async () => {
  await withFolder(async (dir) => {
    let ready = false;
    const phases = [
      { commands: [shell('store', 'exec sleep 60')], isReady: () => Promise.resolve(ready) },
      { commands: [shell('late', 'exec sleep 60')] },
    ];
    await running(dir, phases, async () => {
      await vi.waitFor(() => expect(existsSync(join(dir, 'run', 'store.json'))).toBe(true));
      expect(existsSync(join(dir, 'run', 'late.json'))).toBe(false);
      ready = true;
      await vi.waitFor(() => expect(existsSync(join(dir, 'run', 'late.json'))).toBe(true));
    });
  });
});

test('after the end no member runs and no record is left', async () => {
  await withFolder(async (dir) => {
    const phases = [{ commands: [shell('one', 'exec sleep 60'), shell('two', 'exec sleep 60')] }];
    let records: ReturnType<typeof readRecord>[] = [];
    await running(dir, phases, async () => {
      await vi.waitFor(() => expect(existsSync(join(dir, 'run', 'two.json'))).toBe(true));
      records = ['one', 'two'].map((name) => readRecord(join(dir, 'run', `${name}.json`)));
      expect(records.every(isAlive)).toBe(true);
    });
    expect(records.some(isAlive)).toBe(false);
    expect(readdirSync(join(dir, 'run'))).toEqual([]);
  });
});
