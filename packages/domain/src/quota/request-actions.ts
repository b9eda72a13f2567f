import type { RequestState } from './request.ts';

/**
 * In which states an act exists (capability table). The server enforces it, the console disables its buttons from
 * it, and a test walks the whole matrix of act and state.
 */
export const requestActions = {
  edit: ['draft', 'returned'],
  submit: ['draft', 'returned'],
  discard: ['draft'],
  withdraw: ['in_review', 'returned'],
  decide: ['in_review'],
  move: ['in_review'],
  retry: ['failed'],
  /** A release only, until its deletion has begun. */
  restore: ['approved', 'failed'],
  kubeconfig: ['fulfilled'],
} as const satisfies Record<string, readonly RequestState[]>;

export type RequestAction = keyof typeof requestActions;
export const requestActionNames = Object.keys(requestActions) as readonly RequestAction[]; // keys of a closed object

interface Capability {
  (request: { readonly state: RequestState }): boolean;
  readonly states: readonly RequestState[];
}

const can = (states: readonly RequestState[]): Capability =>
  Object.assign((request: { readonly state: RequestState }) => states.includes(request.state), {
    states,
  });

/** `requestCan.withdraw(request)`, and `requestCan.withdraw.states` for the sentence that says why not. */
export const requestCan: Readonly<Record<RequestAction, Capability>> = {
  edit: can(requestActions.edit),
  submit: can(requestActions.submit),
  discard: can(requestActions.discard),
  withdraw: can(requestActions.withdraw),
  decide: can(requestActions.decide),
  move: can(requestActions.move),
  retry: can(requestActions.retry),
  restore: can(requestActions.restore),
  kubeconfig: can(requestActions.kubeconfig),
};

/** Every step that a request may take from a state; what has no way out is settled (law A3: there is no undo). */
export const requestTransitions: Readonly<Record<RequestState, readonly RequestState[]>> = {
  draft: ['in_review', 'withdrawn'],
  in_review: ['in_review', 'returned', 'rejected', 'withdrawn', 'approved'],
  returned: ['in_review', 'withdrawn'],
  rejected: [],
  withdrawn: [],
  approved: ['fulfilled', 'failed', 'withdrawn'],
  fulfilled: [],
  failed: ['approved'],
};

/** Nothing happens any more; the number, the content and the decisions stay for ever. */
export const isSettled = (state: RequestState): boolean => requestTransitions[state].length === 0;

/** States in which a request may own holds in the ledger (law L4). */
export const holdingStates: readonly RequestState[] = ['in_review', 'approved', 'failed'];
