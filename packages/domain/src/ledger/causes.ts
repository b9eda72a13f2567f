import type { Cause } from './transfer.ts';

export interface HoldKey {
  readonly requestId: string;
  readonly revision: number;
  /** Counts re-holds after expiry, from 1. */
  readonly attempt: number;
}

const holdId = (key: HoldKey): string => `${key.requestId}:${key.revision}:${key.attempt}`;

/** The causes of a request's life. The same act names the same cause, so that a retry meets its first outcome. */
export const causes = {
  hold: (key: HoldKey): Cause => ({ kind: 'hold', id: holdId(key) }),
  /** Shares its identity with the hold: withdrawal and expiry of one hold exclude each other (law L4). */
  release: (key: HoldKey): Cause => ({ kind: 'hold_release', id: holdId(key) }),
  move: (decisionId: string): Cause => ({ kind: 'hold_move', id: decisionId }),
  allocate: (taskId: string): Cause => ({ kind: 'allocate', id: taskId }),
  free: (taskId: string): Cause => ({ kind: 'free', id: taskId }),
};
