import { findText, type Area, type Dictionary } from './translator.ts';

/** A release is no opening, although both are under way: states are called after what is asked for. */
export const stateAreas = {
  new: 'newStates',
  open: 'newStates',
  change: 'changeStates',
  release: 'releaseStates',
  restore: 'restoreStates',
} as const satisfies Record<string, Area>;

/** A state as it is called for requests of this kind; without a kind, for all of them together. */
export function requestStateWord(
  dictionary: Dictionary,
  state: string,
  kind: keyof typeof stateAreas | null,
): string {
  const area = kind === null ? 'anyStates' : stateAreas[kind];
  return findText(dictionary, area, state) ?? findText(dictionary, 'requestStates', state) ?? state;
}
