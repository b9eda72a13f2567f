import type { CommitOutcome } from '../store.ts';
import type { Prepared } from './prepared.ts';
import { settle, type Commits, type Waiting } from './settle.ts';

const largestBatch = 1000;

export interface Committer {
  submit(prepared: Prepared): Promise<CommitOutcome>;
  /** Resolves when nothing waits any more. */
  idle(): Promise<void>;
}

/** One queue: whoever waits together commits together, and nothing else writes. */
export function committer(commits: Commits): Committer {
  let waiting: Waiting[] = [];
  let draining: Promise<void> | null = null;

  async function drain(): Promise<void> {
    // One turn of the event loop, so that callers whose reads end now are in the same commit.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const batch = waiting.slice(0, largestBatch);
      waiting = waiting.slice(largestBatch);
      await settle(commits, batch);
    }
    draining = null;
  }

  return {
    submit: (prepared) =>
      new Promise((resolve, reject) => {
        waiting.push({ prepared, resolve, reject });
        draining ??= drain();
      }),
    idle: async () => {
      await draining;
    },
  };
}
