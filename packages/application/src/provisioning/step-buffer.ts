import type { Insert } from '@yunheng/db/store';
import type { AllocationSet, TaskSet, TaskWriter } from './task-writer.ts';

export interface Told {
  readonly inserts: readonly Insert[];
  readonly allocation: AllocationSet;
}

export interface StepBuffer {
  /** Told with the next commit. Throws what an earlier one failed with. */
  push(told: Partial<Told>): void;
  /** Begins a commit of what is untold, unless one is under way, which then takes it along. */
  launch(): void;
  /** No commit is under way; what is still untold stays here. */
  landed(): Promise<void>;
  /** Everything told is durable. */
  flush(): Promise<void>;
  /** Hands over what is untold, to be written with something else. */
  take(): Told;
}

/** Gathers what is told while a commit is under way and writes it with the next: few commits, and none is waited for. */
export function stepBuffer(writer: TaskWriter, now: () => TaskSet): StepBuffer {
  let inserts: Insert[] = [];
  let allocation: AllocationSet = {};
  let failure: unknown = null;
  let flight: Promise<void> | null = null;

  const take = (): Told => {
    const taken = { inserts, allocation };
    inserts = [];
    allocation = {};
    return taken;
  };
  const writeAll = async (): Promise<void> => {
    while (inserts.length > 0)
      await writer.write({ action: 'provisioning.step', set: now(), rows: take() });
  };
  const fly = async (): Promise<void> => {
    try {
      await writeAll();
    } catch (error) {
      // Nobody waits for this commit alone: it shows at the next step.
      failure = error;
    } finally {
      flight = null;
    }
  };
  const landed = async (): Promise<void> => {
    await flight;
    if (failure !== null) throw failure;
  };
  return {
    take,
    landed,
    push(told) {
      if (failure !== null) throw failure;
      Object.assign(allocation, told.allocation);
      inserts.push(...(told.inserts ?? []));
    },
    launch() {
      flight ??= fly();
    },
    async flush() {
      await landed();
      await writeAll();
    },
  };
}
