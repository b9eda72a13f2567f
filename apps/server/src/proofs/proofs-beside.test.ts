import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { drivenClock } from '@yunheng/testkit/driven-clock';
import { describe, expect, test, vi } from 'vitest';
import { proofsBeside } from './proofs-beside.ts';
import type { ProofTask } from './task.ts';

describe('a proof thread that goes wrong', () => {
  const dies = `process.exit(3)`;
  const throws = `throw new Error('secret in a message')`;
  const hangs = `setInterval(() => {}, 1000)`;
  const speaks = `require('node:worker_threads').parentPort.postMessage({ kind: 'swept', law:
    { id: 'L2', ok: true, checked: 7, findings: [], shownBy: null, reason: null } });`;
  const offline = `require('node:worker_threads').parentPort.on('message', function () {
    this.postMessage({ kind: 'failed', code: 'store.unavailable' });
  })`;

  const task = (kind: ProofTask['kind']): ProofTask => ({
    kind,
    home: '',
    databaseUrl: '',
    databaseSchema: '',
    clusters: [],
  });
  const proofsOf = (program: string, deadlineMs = 60_000) => {
    const errors: unknown[] = [];
    let started = 0;
    const proofs = proofsBeside({
      clock: drivenClock(),
      deadlineMs,
      task,
      start: () => {
        started++;
        return new Worker(program, { eval: true, stderr: true });
      },
      failed: (error) => void errors.push(error),
    });
    return { proofs, errors, started: () => started };
  };

  test.each([
    ['dies', dies, 60_000],
    ['throws', throws, 60_000],
    ['hangs', hangs, 100],
  ])('because it %s shows no law and says why', async (_how, program, deadlineMs) => {
    const { proofs } = proofsOf(program, deadlineMs);
    const { laws, ok, incomplete } = await proofs.laws();
    expect({ ok, incomplete }).toEqual({ ok: true, incomplete: true });
    expect(laws.filter((law) => law.ok !== null)).toEqual([]);
    const reasons = new Set(laws.flatMap((law) => (law.shownBy === null ? [law.reason] : [])));
    expect([...reasons]).toEqual([expect.stringMatching(/^not read: (the proof thread|no end)/u)]);
    await expect(proofs.chain()).rejects.toMatchObject({ code: 'audit.proof_interrupted' });
  });

  test('keeps the laws that were known before', async () => {
    const { proofs } = proofsOf(speaks + dies);
    const { laws } = await proofs.laws();
    expect(laws.filter((law) => law.ok === true)).toMatchObject([{ id: 'L2', checked: 7 }]);
  });

  test('because its store does not answer says the code of that', async () => {
    const { proofs } = proofsOf(offline);
    const { laws } = await proofs.laws();
    expect(laws.find((law) => law.id === 'L1')?.reason).toBe('not read: store.unavailable');
    await expect(proofs.chain()).rejects.toMatchObject({ code: 'store.unavailable' });
  });

  test('is replaced by a new one; one that answered is asked again', async () => {
    const answers = `const { parentPort, threadId } = require('node:worker_threads');
      parentPort.on('message', ({ kind }) => {
        if (kind === 'laws') process.exit(1);
        parentPort.postMessage({ kind: 'chain', report: { entries: threadId } });
      });`;
    const { proofs, started } = proofsOf(answers);
    const [first, again] = [await proofs.chain(), await proofs.chain()];
    expect(again.entries).toBe(first.entries);
    expect(started()).toBe(1);
    expect((await proofs.laws()).incomplete).toBe(true);
    expect((await proofs.chain()).entries).not.toBe(first.entries);
    expect(started()).toBe(2);
    await proofs.close();
  });

  test('that dies while it rests is told of and replaced', async () => {
    const mortal = `const { parentPort } = require('node:worker_threads');
      parentPort.on('message', () => {
        parentPort.postMessage({ kind: 'chain', report: {} });
        setImmediate(() => { throw new Error('while resting'); });
      });`;
    const { proofs, errors, started } = proofsOf(mortal);
    await proofs.chain();
    await vi.waitFor(() => expect(errors).toHaveLength(1), { timeout: 20_000 });
    await vi.waitFor(
      async () => {
        await proofs.chain();
        expect(started()).toBeGreaterThan(1);
      },
      { timeout: 20_000 },
    );
    await proofs.close();
  });

  test('ends with the process, and whoever still waits in line opens nothing', async () => {
    const { proofs, started } = proofsOf(hangs);
    const running = proofs.laws();
    const waiting = proofs.chain();
    await setImmediate();
    await proofs.close();
    expect((await running).incomplete).toBe(true);
    await expect(waiting).rejects.toMatchObject({ code: 'audit.proof_interrupted' });
    expect(started()).toBe(1);
  });
});
