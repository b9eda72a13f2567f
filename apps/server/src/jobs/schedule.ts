/** One recurring piece of work. It never overlaps itself, and a failure of one round is no failure of the next. */
export interface Recurring {
  readonly name: string;
  readonly everyMs: number;
  run(): Promise<unknown>;
}

export interface Schedule {
  /** Runs one entry as soon as it can: a hint that there is work, on top of its period. */
  hint(name: string): void;
  stop(): Promise<void>;
}

/** Timers of real time over work that reads the database: no schedule lives in memory alone (design 7, Scale). */
export function startSchedule(
  work: readonly Recurring[],
  onFailure: (name: string, error: unknown) => void,
): Schedule {
  const loops = new Map(work.map((entry) => [entry.name, loop(entry, onFailure)]));
  return {
    hint: (name) => loops.get(name)?.hint(),
    async stop() {
      await Promise.all([...loops.values()].map((running) => running.stop()));
    },
  };
}

function loop(entry: Recurring, onFailure: (name: string, error: unknown) => void) {
  let stopped = false;
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;

  const round = async (): Promise<void> => {
    clearTimeout(timer);
    again = false;
    try {
      await entry.run();
    } catch (error) {
      onFailure(entry.name, error);
    }
    running = null;
    if (!stopped) timer = setTimeout(start, again ? 0 : entry.everyMs);
  };
  const start = (): void => {
    if (stopped) return;
    if (running === null) running = round();
    else again = true;
  };
  start();
  return {
    hint: start,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
