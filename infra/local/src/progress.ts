/** What a long preparation is doing now. Codes, not text: the caller knows the reader's language. */
export type ProgressCode =
  | 'binary.wait'
  | 'binary.modules'
  | 'binary.compile'
  | 'binary.install'
  | 'cluster.prepare'
  | 'cluster.apiserver'
  | 'cluster.base'
  | 'cluster.workers'
  | 'cluster.ready'
  | 'kind.create';

export type Progress = {
  readonly step: number;
  readonly total: number;
  readonly code: ProgressCode;
  /** Epoch milliseconds at which this step began. */
  readonly startedAt: number;
  readonly cluster?: string;
  /** Parts of this step that are done, of how many, where that is known. */
  readonly done?: number;
  readonly of?: number;
};

export type OnProgress = (progress: Progress) => void;

/** Reports steps in a fixed order, so that the caller can say 2/3 from the first one on. */
export function stepReporter(
  codes: readonly ProgressCode[],
  onProgress: OnProgress | undefined,
  cluster?: string,
): (code: ProgressCode, part?: { done: number; of: number }) => void {
  const startedAt = new Map<ProgressCode, number>();
  return (code, part) => {
    const since = startedAt.get(code) ?? Date.now();
    startedAt.set(code, since);
    onProgress?.({
      step: codes.indexOf(code) + 1,
      total: codes.length,
      code,
      startedAt: since,
      ...(cluster === undefined ? {} : { cluster }),
      ...part,
    });
  };
}
