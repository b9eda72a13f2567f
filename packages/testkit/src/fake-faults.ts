import { AdapterError } from '@yunheng/kernel/errors';

/** What the apiserver does with the next call instead of answering. */
export type Fault = 'unavailable' | 'throttled' | 'conflict' | 'refused' | 'slow';

/** `before`: the call never arrived. `after`: it took effect and the answer was lost. */
export type Moment = 'before' | 'after';

export interface FakeFaults {
  /** While true nobody answers. */
  down: boolean;
  /** Used up one a call, in order. */
  readonly next: Fault[];
  /** Called around each effect with its name; what it throws is what the worker dies of. */
  onEffect: (moment: Moment, effect: string) => void;
  slowMs: number;
}

export const noFaults = (): FakeFaults => ({
  down: false,
  next: [],
  onEffect: () => undefined,
  slowMs: 20,
});

export function adapterFault(cluster: string, fault: Exclude<Fault, 'slow'>): AdapterError {
  switch (fault) {
    case 'unavailable':
      return new AdapterError('cluster.unavailable', {
        retryable: true,
        params: { cluster, reason: 'ECONNREFUSED' },
      });
    case 'throttled':
      return new AdapterError('cluster.unavailable', {
        retryable: true,
        params: { cluster, status: 429 },
      });
    case 'conflict':
      return new AdapterError('cluster.conflict', {
        retryable: true,
        params: { cluster, status: 409 },
      });
    case 'refused':
      return new AdapterError('provisioning.refused_by_cluster', {
        retryable: true,
        params: { cluster, status: 422, reason: 'Invalid' },
      });
  }
}
