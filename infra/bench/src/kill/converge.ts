import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from '@yunheng/server/demo/api-client';
import type { Verification } from '@yunheng/server/demo/once-types';
import { lawText } from './check.ts';
import type { KillStage } from './stage.ts';

const withinMs = 300_000;

export interface Convergence {
  readonly converged: boolean;
  readonly seconds: number;
  readonly broken: readonly string[];
  /** Tasks that wait for a person: visible, and no loss. */
  readonly failed: number;
}

/** With the client silent: no task under way, no wake-up pending, and every law holds on the running system. */
export async function converge(stage: KillStage): Promise<Convergence> {
  const from = Date.now();
  const client = new ApiClient(stage.origin);
  await client.signIn('operator', stage.password);
  // Figures of one scrape are those that the scrape before has asked for: the first of a life says nothing.
  await operations(stage.origin);
  let standing: Operations;
  do {
    await sleep(500);
    standing = await operations(stage.origin);
  } while (standing.pending + standing.underWay > 0 && Date.now() - from < withinMs);
  const seconds = (Date.now() - from) / 1000;
  const { laws, incomplete } = await client.call<Verification>('GET', '/laws');
  const broken = laws.filter(({ ok }) => ok === false).map(lawText);
  return {
    converged: standing.pending + standing.underWay === 0 && !incomplete && broken.length === 0,
    seconds,
    broken: incomplete ? [...broken, 'something could not be read'] : broken,
    failed: standing.failed,
  };
}

interface Operations {
  readonly pending: number;
  readonly underWay: number;
  readonly failed: number;
}

async function operations(origin: string): Promise<Operations> {
  const text = await (
    await fetch(`${origin}/metrics`, { signal: AbortSignal.timeout(10_000) })
  ).text();
  const sum = (pattern: RegExp): number =>
    [...text.matchAll(pattern)].reduce((total, [, value]) => total + Number(value), 0);
  const all = sum(/^yunheng_provisioning_tasks\{.*\} (\d+)/gm);
  const failed = sum(/^yunheng_provisioning_tasks\{.*state="failed".*\} (\d+)/gm);
  const done = sum(/^yunheng_provisioning_tasks\{.*state="done".*\} (\d+)/gm);
  return {
    pending: sum(/^yunheng_outbox_pending (\d+)/gm),
    underWay: all - done - failed,
    failed,
  };
}
