import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  holdingStates,
  isSettled,
  requestActionNames,
  requestActions,
  requestCan,
  requestTransitions,
  type RequestAction,
} from './request-actions.ts';
import { requestStates, type RequestState } from './request.ts';

describe('the matrix of act and state', () => {
  test.each(requestActionNames)('%s is possible in exactly the states of the table', (action) => {
    const possible = requestStates.filter((state) => requestCan[action]({ state }));
    expect(possible).toEqual(
      requestStates.filter((state) => requestActions[action].some((one) => one === state)),
    );
  });

  test.each(requestActionNames)('%s tells the states in which it would be possible', (action) => {
    expect(requestCan[action].states).toEqual(requestActions[action]);
  });

  /** The same table read the other way, as a person would say it. */
  const possibleIn: Record<RequestState, readonly RequestAction[]> = {
    draft: ['edit', 'submit', 'discard'],
    in_review: ['withdraw', 'decide', 'move'],
    returned: ['edit', 'submit', 'withdraw'],
    rejected: [],
    withdrawn: [],
    approved: ['restore'],
    fulfilled: ['kubeconfig'],
    failed: ['retry', 'restore'],
  };

  test.each(requestStates)('%s admits what a person would expect', (state) => {
    expect(requestActionNames.filter((action) => requestCan[action]({ state }))).toEqual(
      possibleIn[state],
    );
  });

  test('what was submitted is immutable: nothing under review can be edited', () => {
    expect(
      requestCan.edit.states.filter((state) => !['draft', 'returned'].includes(state)),
    ).toEqual([]);
  });

  test('an approval cannot be undone: approved and later states admit no decision and no withdrawal', () => {
    const late: RequestState[] = ['approved', 'fulfilled', 'failed', 'rejected', 'withdrawn'];
    for (const state of late)
      expect([requestCan.decide({ state }), requestCan.withdraw({ state })]).toEqual([
        false,
        false,
      ]);
  });
});

describe('the transitions', () => {
  test('every state can be reached from a draft', () => {
    const reached = new Set<RequestState>(['draft']);
    for (let grown = 0; grown < reached.size;) {
      grown = reached.size;
      for (const state of reached) for (const next of requestTransitions[state]) reached.add(next);
    }
    expect([...reached].toSorted()).toEqual([...requestStates].toSorted());
  });

  test('only an open request can get anywhere', () => {
    expect(requestStates.filter(isSettled)).toEqual(['rejected', 'withdrawn', 'fulfilled']);
  });

  test('no way leads back into a draft', () => {
    const back = requestStates.filter((state) => requestTransitions[state].includes('draft'));
    expect(back).toEqual([]);
  });

  test('nothing is fulfilled without having been approved (law A1)', () => {
    const before = requestStates.filter((state) => requestTransitions[state].includes('fulfilled'));
    expect(before).toEqual(['approved']);
    const approvedFrom = requestStates.filter((state) =>
      requestTransitions[state].includes('approved'),
    );
    expect(approvedFrom).toEqual(['in_review', 'failed']);
  });

  test('a failed request was approved once and goes back to it, never around the review', () => {
    const failedFrom = requestStates.filter((state) =>
      requestTransitions[state].includes('failed'),
    );
    expect(failedFrom).toEqual(['approved']);
  });

  test('any walk ends in a settled state or can still go on', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(7), { maxLength: 40 }), (turns) => {
        let state: RequestState = 'draft';
        for (const turn of turns) {
          const ways: readonly RequestState[] = requestTransitions[state];
          if (ways.length === 0) break;
          state = ways[turn % ways.length] ?? state;
        }
        expect(isSettled(state)).toBe(requestTransitions[state].length === 0);
      }),
    );
  });

  test('no settled request holds anything, except what its allocation owns by then (law L4)', () => {
    expect(holdingStates.filter(isSettled)).toEqual([]);
  });
});
