import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { writeJson } from './files.ts';
import { isWanted, shareLeases, takeLease } from './leases.ts';
import { withLock } from './lock.ts';
import { endProcess, isAlive, ownRecord, readRecord, recordOf, startTimeOf } from './processes.ts';
import { withFolder } from './stand-ins.ts';

test('a pid that now belongs to another process is not alive', () => {
  expect(isAlive({ ...ownRecord(), startTime: 'another' })).toBe(false);
  expect(isAlive(ownRecord())).toBe(true);
});

test('ending a process ends what it started, even when both ignore the request', async () => {
  await withFolder(async (dir) => {
    const file = join(dir, 'pid');
    const text = `trap "" TERM; sleep 60 & echo $! > ${file}; wait`;
    const child = spawn('/bin/sh', ['-c', text], { detached: true, stdio: 'ignore' });
    const record = child.pid === undefined ? undefined : recordOf(child.pid);
    if (record === undefined) throw new Error('the child did not start');
    await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toMatch(/^\d+\n$/));
    const grandchild = Number(readFileSync(file, 'utf8'));
    expect(startTimeOf(grandchild)).toBeDefined();
    await endProcess(record, 50);
    expect(isAlive(record)).toBe(false);
    await vi.waitFor(() => expect(startTimeOf(grandchild)).toBeUndefined());
  });
});

test('a lock left behind by a killed process is taken over', async () => {
  await withFolder(async (dir) => {
    const path = join(dir, 'one.lock');
    writeJson(path, { pid: process.pid, startTime: 'long ago' });
    expect(await withLock({ path, deadlineMs: 1_000 }, () => Promise.resolve('in'))).toBe('in');
    expect(readRecord(path)).toBeUndefined();
  });
});

test('holders of one lock never overlap', async () => {
  await withFolder(async (dir) => {
    let inside = 0;
    const hold = (): Promise<void> =>
      withLock({ path: join(dir, 'one.lock'), deadlineMs: 10_000 }, async () => {
        inside += 1;
        await Promise.resolve();
        expect(inside).toBe(1);
        inside -= 1;
      });
    await Promise.all([hold(), hold(), hold()]);
  });
});

test('a lock that a living process keeps ends in an error that names it', async () => {
  await withFolder(async (dir) => {
    const path = join(dir, 'one.lock');
    writeJson(path, ownRecord());
    const work = withLock({ path, deadlineMs: 1 }, () => Promise.resolve());
    await expect(work).rejects.toMatchObject({
      code: 'LOCK_TIMEOUT',
      params: { pid: String(process.pid) },
    });
  });
});

test('a cluster is wanted while a leaseholder lives, or for ever with the permanent lease', async () => {
  await withFolder((dir) => {
    const [leases, others] = [join(dir, 'a'), join(dir, 'b')];
    expect(isWanted(leases)).toBe(false);
    writeJson(join(leases, '1.json'), { pid: 1, startTime: 'long ago' });
    expect(isWanted(leases)).toBe(false);
    takeLease(leases, 'process');
    expect(isWanted(leases)).toBe(true);
    shareLeases(leases, others);
    expect(isWanted(others)).toBe(true);
    takeLease(join(dir, 'c'), 'permanent');
    expect(isWanted(join(dir, 'c'))).toBe(true);
  });
});
