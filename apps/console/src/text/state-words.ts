import type { TaskKind } from '@yunheng/domain/provisioning/steps';
import type { RequestKind } from '@yunheng/domain/quota/request';
import { saidText } from '@yunheng/messages/error-text';
import { requestStateWord as wordOfState, stateAreas } from '@yunheng/messages/state-words';
import { findText } from '@yunheng/messages/translator';
import type { Area } from '@yunheng/messages/translator';
import type { EventView } from '../api/types.ts';
import type { Texts } from './texts.ts';

type Kind = RequestKind | TaskKind;

const eventAreas: Readonly<Partial<Record<Kind, Area>>> = {
  change: 'changeEvents',
  release: 'releaseEvents',
  restore: 'restoreEvents',
};

/** A state as it is called for requests of this kind; without a kind, for all of them together. */
export function requestStateWord(texts: Texts, state: string, kind?: RequestKind): string {
  return wordOfState(texts.dictionary, state, kind ?? null);
}

/** What the provisioning is at; a release is no opening, although both are under way. */
export function taskStateWord(texts: Texts, state: string, kind: Kind): string {
  return findText(texts.dictionary, stateAreas[kind], state) ?? texts.word('taskStates', state);
}

export function eventWord(texts: Texts, { kind: code, params }: EventView, kind: Kind): string {
  const own = eventAreas[kind];
  const area =
    own !== undefined && findText(texts.dictionary, own, code) !== undefined ? own : 'events';
  return saidText(texts.locale, texts.dictionary, { area, code, params });
}
