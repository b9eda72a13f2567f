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

export function sourceWord({ source }: Pick<AuditRow, 'source'>, texts: Texts): string {
  return texts.word('auditSources', source);
}
