import { setTimeout as sleep } from 'node:timers/promises';
import { readAcknowledged } from './acknowledged.ts';
import { checkAfterKill } from './check.ts';
import { startClient, type ClientLife } from './client-process.ts';
import { converge } from './converge.ts';
import { seededRandom } from './random.ts';
import { startServer } from './server-process.ts';
import { openKillStage, type KillStage } from './stage.ts';

export interface KillOptions {
  readonly times: number;
  readonly seed: number;
  readonly workFolder: string;
  readonly say: (line: string) => void;
}

export interface KillReport {
  readonly seed: number;
  readonly kills: number;
  readonly acknowledged: number;
  readonly missing: readonly string[];
  readonly broken: readonly string[];
  readonly convergences: number;
  /** Tasks that waited for a person at the end. */
  readonly failedTasks: number;
  readonly ok: boolean;
  readonly seconds: number;
}

/** Every so many kills the client is silent until everything has converged. */
const between = 20;
const longestLifeMs = 4_000;
/** On a loaded machine lives grow with the time that a start takes, or nothing would ever be acknowledged. */
const livesPerStart = 2;
/** Some die before they answer for the first time. */
const dyingAtStart = 0.15;

export async function killAgainAndAgain(options: KillOptions): Promise<KillReport> {
  const from = Date.now();
  const stage = await openKillStage(options.workFolder, options.say);
  const client = startClient(stage, options.seed);
  const found: Found = { missing: [], broken: [], convergences: 0, failedTasks: 0 };
  const random = seededRandom(options.seed);
  let kills = 0;
  try {
    while (kills < options.times && isClean(found)) {
      kills += 1;
      await oneLife(stage, random);
      await lookAt(stage, client, found);
      options.say(
        `kill ${kills}: ${readAcknowledged(client.log).length} acknowledged, ${verdict(found)}`,
      );
      if (kills % between === 0 || kills === options.times)
        await settle({ stage, client, found }, options.say);
    }
  } finally {
    await client.stop();
  }
  const acknowledged = readAcknowledged(client.log).length;
  const ok = isClean(found) && kills === options.times && acknowledged > 0;
  // What a failure left stays where it can be looked at.
  if (ok) await stage.close();
  else options.say(`everything was left in ${stage.folder}`);
  return {
    seed: options.seed,
    kills,
    acknowledged,
    ...found,
    ok,
    seconds: (Date.now() - from) / 1000,
  };
}

interface Found {
  missing: readonly string[];
  broken: readonly string[];
  convergences: number;
  failedTasks: number;
}

const isClean = (found: Found): boolean => found.missing.length + found.broken.length === 0;

const verdict = (found: Found): string =>
  isClean(found)
    ? 'nothing missing, all laws hold'
    : [...found.missing, ...found.broken].join('\n  ');

async function oneLife(stage: KillStage, random: () => number): Promise<void> {
  const life = startServer(stage);
  const from = Date.now();
  try {
    if (random() >= dyingAtStart) await life.ready();
    await sleep(random() * (longestLifeMs + livesPerStart * (Date.now() - from)));
  } finally {
    await life.kill();
  }
}

async function lookAt(stage: KillStage, client: ClientLife, found: Found): Promise<void> {
  const { missing, broken } = await checkAfterKill(stage, readAcknowledged(client.log));
  found.missing = missing;
  found.broken = broken;
}

interface Run {
  readonly stage: KillStage;
  readonly client: ClientLife;
  readonly found: Found;
}

async function settle({ stage, client, found }: Run, say: (line: string) => void): Promise<void> {
  const life = startServer(stage);
  await life.ready();
  await client.pause();
  const { converged, seconds, broken, failed } = await converge(stage);
  found.failedTasks = failed;
  if (converged) found.convergences += 1;
  else found.broken = [...found.broken, 'not converged', ...broken];
  say(
    `converged after ${seconds.toFixed(1)} s, ${failed} tasks wait for a person: ${verdict(found)}`,
  );
  client.resume();
  await life.end();
}
