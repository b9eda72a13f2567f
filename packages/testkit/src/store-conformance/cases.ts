import type { CommitOutcome, Store } from '@yunheng/db/store';
import type { Ids } from '@yunheng/kernel/ids';

/** One promise by the sentence that states it. */
export type StoreCases = Readonly<Record<string, (store: Store, ids: Ids) => Promise<void>>>;

export const done: CommitOutcome = { kind: 'done', number: null, replayed: false, subjectId: null };

export const kinds = (outcomes: readonly CommitOutcome[]): string[] =>
  outcomes.map((outcome) => outcome.kind);
