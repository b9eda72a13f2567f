import type { Option } from '@yunheng/ui/select';
import { findText } from '@yunheng/messages/translator';
import type { AuditRow } from '../../api/types.ts';
import type { Texts } from '../../text/texts.ts';

export function actorWord({ actor }: Pick<AuditRow, 'actor'>, { t }: Texts): string {
  return actor === 'system' ? t('shell.systemActor') : actor;
}

/** Undefined where there is no word: the code alone is shown then, never a guess. */
export function actionWord({ action }: Pick<AuditRow, 'action'>, texts: Texts): string | undefined {
  return findText(texts.dictionary, 'auditActions', action);
}

/** Actions to choose from, each by its word; the code stands beside a word that two of them share. */
export function actionOptions({ dictionary, t }: Texts, chosen: string | undefined): Option[] {
  const words = Object.entries(dictionary.auditActions);
  const options = words.map(([value, word]) => ({
    value,
    label:
      words.filter(([, other]) => other === word).length > 1
        ? t('shell.noted', { name: word, note: value })
        : word,
  }));
  const isKnown = chosen === undefined || options.some(({ value }) => value === chosen);
  return isKnown ? options : [{ value: chosen, label: chosen }, ...options];
}

export function sourceWord({ source }: Pick<AuditRow, 'source'>, texts: Texts): string {
  return texts.word('auditSources', source);
}
