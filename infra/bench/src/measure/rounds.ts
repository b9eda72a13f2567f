/** What one side did in one round. */
export interface Sample {
  /** Operations a second. */
  readonly rate: number;
  /** CPU of this process for one operation, or null where the work was done by another process. */
  readonly cpuMsPerOperation: number | null;
}

export interface Side {
  readonly name: string;
  /** Durability or conditions of its number, said beside it. */
  readonly note: string;
  readonly run: () => Promise<Sample>;
}

export interface Round {
  readonly samples: ReadonlyMap<string, Sample>;
  /** Computed from what the sides left behind, never assumed. */
  readonly correct: boolean;
}

export interface Alternation {
  readonly sides: readonly Side[];
  readonly rounds: number;
  /** Before the first side of a round. */
  readonly begin?: () => Promise<void>;
  /** After the last side: reads back what was written. */
  readonly check: () => Promise<boolean>;
  readonly report: (line: string) => void;
}

/** One warm-up, then the sides one after another in every round: a ratio never spans two rounds. */
export async function alternate(bench: Alternation): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let round = 0; round <= bench.rounds; round++) {
    await bench.begin?.();
    const samples = new Map<string, Sample>();
    for (const side of bench.sides) samples.set(side.name, await side.run());
    const correct = await bench.check();
    const figures = [...samples].map(([name, { rate }]) => `${name} ${rate.toFixed(1)}/s`);
    bench.report(
      `${round === 0 ? 'warm-up' : `round ${round}`}: ${figures.join(', ')}, ${correct ? 'correct' : 'WRONG'}`,
    );
    // A warm-up that wrote nonsense condemns the run; its times count for nothing.
    if (round > 0) rounds.push({ samples, correct });
    else if (!correct) throw new Error('the warm-up left wrong results');
  }
  return rounds;
}

/** Times one piece of work of this process. */
export async function timed(operations: number, work: () => Promise<void>): Promise<Sample> {
  const cpu = process.cpuUsage();
  const from = performance.now();
  await work();
  const seconds = (performance.now() - from) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    rate: operations / seconds,
    cpuMsPerOperation: (user + system) / 1000 / operations,
  };
}
