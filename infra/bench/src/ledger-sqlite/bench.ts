import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { compose } from '@yunheng/server/compose';
import { readConfig } from '@yunheng/server/config';
import { invariant } from '@yunheng/kernel/invariant';
import { alternate, timed, type Sample, type Side } from '../measure/rounds.ts';
import { reportOf, tableOf } from '../measure/report.ts';
import type { Bench, BenchOptions, BenchResult } from '../measure/bench.ts';
import { contentsOf, type Contents } from './check.ts';
import { callersOf, submitAll } from './ours.ts';
import { callerCount, heldEach, seedBenchProvince, turnsEach } from './province.ts';
import { recordingOf, type Recording } from './recording.ts';
import { openReplay } from './replay.ts';

const submissions = callerCount * turnsEach;
const perCommit = 1_000;
const fileName = 'yunheng.db';

/** 200 callers hold on one hot pool of a durable SQLite file; the others write the same rows with nothing around them. */
export const ledgerSqlite: Bench = { name: 'ledger-sqlite', run };

const goals = [
  { key: 'ours/batched', atLeast: 0.25 },
  { key: 'ours/single', atLeast: 4 },
];

async function run({ rounds, report, workFolder }: BenchOptions): Promise<BenchResult> {
  mkdirSync(workFolder, { recursive: true });
  const folder = mkdtempSync(join(workFolder, 'ledger-'));
  try {
    const stage = await openStage(folder);
    const sides = sidesOf(stage);
    const measured = await alternate({
      sides,
      rounds,
      report,
      begin: async () => stage.clear(),
      check: async () => stage.agree(),
    });
    const whole = { name: ledgerSqlite.name, goals, sides, rounds: measured };
    return { lines: tableOf(whole), report: reportOf(whole) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Stage {
  /** A new file with the province in it and nothing else. */
  readonly fresh: (side: string) => string;
  readonly pathOf: (side: string) => string;
  readonly recorded: () => Recording;
  readonly accepted: (count: number) => void;
  readonly clear: () => void;
  readonly agree: () => boolean;
}

async function openStage(folder: string): Promise<Stage> {
  const seeded = join(folder, 'seeded');
  const composition = await composeIn(seeded);
  await seedBenchProvince(composition.deps);
  await composition.close();
  const base = join(seeded, fileName);
  const pathOf = (side: string): string => join(folder, side, fileName);
  let recording: Recording | null = null;
  let accepted = 0;
  return {
    pathOf,
    fresh(side) {
      mkdirSync(join(folder, side), { recursive: true });
      copyFileSync(base, pathOf(side));
      return pathOf(side);
    },
    accepted(count) {
      accepted = count;
      recording = recordingOf(base, pathOf('ours'), count);
    },
    recorded() {
      invariant(recording, 'ours runs first in every round');
      return recording;
    },
    clear() {
      for (const side of ['ours', 'batched', 'single'])
        rmSync(join(folder, side), { recursive: true, force: true });
    },
    agree() {
      const held = accepted * heldEach;
      const ours = contentsOf(pathOf('ours'), held);
      const others = ['batched', 'single'].map((side) => contentsOf(pathOf(side), held));
      return accepted === submissions && others.every((other) => isSame(ours, other));
    },
  };
}

const isSame = (one: Contents, other: Contents): boolean =>
  one.sound && other.sound && one.counts === other.counts && one.digest === other.digest;

const composeIn = (home: string) =>
  compose(readConfig({ YUNHENG_HOME: home, YUNHENG_LOG: 'silent' }));

function sidesOf(stage: Stage): Side[] {
  const durable = 'WAL, synchronous FULL';
  return [
    { name: 'ours', note: `${durable}, use case submitRequest`, run: () => runOurs(stage) },
    {
      name: 'batched',
      note: `${durable}, the same rows, ${perCommit} use cases a commit`,
      run: () => replay(stage, 'batched', perCommit),
    },
    {
      name: 'single',
      note: `${durable}, the same rows, one use case a commit`,
      run: () => replay(stage, 'single', 1),
    },
  ];
}

async function runOurs(stage: Stage): Promise<Sample> {
  const path = stage.fresh('ours');
  const { deps } = await composeIn(join(path, '..'));
  const callers = await callersOf(deps);
  let accepted = 0;
  const sample = await timed(submissions, async () => {
    accepted = await submitAll(deps, callers);
  });
  // The store alone: a whole end would seal the audit entries, which is no part of a submission.
  await deps.store.close();
  stage.accepted(accepted);
  return sample;
}

async function replay(stage: Stage, side: string, cases: number): Promise<Sample> {
  const file = openReplay(stage.fresh(side), stage.recorded());
  const sample = await timed(submissions, async () => file.writeAll(cases));
  file.close();
  return sample;
}
