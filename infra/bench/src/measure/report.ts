import { machine, type Machine } from './machine.ts';
import type { Round, Side } from './rounds.ts';
import { ratioOf, spreadOf, type Spread } from './spread.ts';

export interface Report {
  readonly name: string;
  readonly rounds: number;
  readonly ratios: Readonly<Record<string, Spread>>;
  readonly correct: boolean;
  readonly machine: Machine;
  /** Of `bundle` only. */
  readonly firstLoadGzipBytes?: number;
}

export interface Goal {
  /** `ours/peer`, by names of sides. */
  readonly key: string;
  readonly atLeast: number;
}

interface Run {
  readonly name: string;
  readonly goals: readonly Goal[];
  readonly sides: readonly Side[];
  readonly rounds: readonly Round[];
}

export function reportOf({ name, goals, rounds }: Run): Report {
  return {
    name,
    rounds: rounds.length,
    ratios: Object.fromEntries(goals.map(({ key }) => [key, ratioOf(rounds, key)])),
    correct: rounds.length > 0 && rounds.every(({ correct }) => correct),
    machine: machine(),
  };
}

/** The same for people: a line a side, then a line a ratio. */
export function tableOf(run: Run): string[] {
  const { ratios, correct } = reportOf(run);
  const sides = run.sides.map(({ name, note }) => {
    const samples = run.rounds.flatMap(({ samples: of }) => of.get(name) ?? []);
    const rate = spreadOf(samples.map((sample) => sample.rate));
    const cpu = samples.flatMap(({ cpuMsPerOperation }) => cpuMsPerOperation ?? []);
    return [
      name,
      figure(rate.median, 1),
      `${figure(rate.min, 1)}..${figure(rate.max, 1)}`,
      cpu.length === 0 ? '-' : figure(spreadOf(cpu).median, 3),
      note,
    ];
  });
  const goals = run.goals.map(({ key, atLeast }) => {
    const { median, min, max } = ratios[key] ?? spreadOf([]);
    return [
      key,
      figure(median, 2),
      `${figure(min, 2)}..${figure(max, 2)}`,
      `≥ ${atLeast}`,
      median >= atLeast ? 'reached' : 'MISSED',
    ];
  });
  return [
    ...columns([['side', 'a second', 'min..max', 'CPU ms each', 'conditions'], ...sides]),
    '',
    ...columns([['ratio', 'median', 'min..max', 'goal', ''], ...goals]),
    '',
    `results ${correct ? 'correct in every round' : 'WRONG'}, ${run.rounds.length} rounds after one warm-up`,
  ];
}

const figure = (value: number, digits: number): string => value.toFixed(digits);

export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_head, index) =>
    Math.max(...rows.map((row) => row[index]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
