import { errorText } from '@yunheng/messages/error-text';
import { failureOf } from './api/failure.ts';
import type { Failure } from './api/failure.ts';
import type { Texts } from './text/texts.ts';

export type PresentedError = {
  failure: Failure;
  text: string;
  /** Code and request id in words, to be read out to somebody who can help. */
  reference: string;
};

/**
 * The only place that turns an error into text. Where it is shown is a rule too: of a form beside its fields,
 * of an act beside its button, of a reading in the place of what was to be read. Never twice, never in a toast.
 */
export function presentError(error: unknown, texts: Texts): PresentedError {
  const failure = failureOf(error);
  const { t } = texts;
  if (failure.code === 'network') {
    return {
      failure,
      text: `${t('shell.networkTitle')}${texts.locale === 'zh-CN' ? '。' : '. '}${t('shell.networkHelp')}`,
      reference: t('shell.errorCode', { code: 'network' }),
    };
  }
  const text = errorText(texts.locale, texts.dictionary, {
    code: failure.code,
    params: { count: failure.issues.length, ...failure.params },
  });
  const reference = [
    t('shell.errorCode', { code: failure.code }),
    failure.requestId === undefined ? '' : t('shell.requestId', { id: failure.requestId }),
  ];
  return { failure, text, reference: reference.filter((part) => part !== '').join('　') };
}

export function issueText(
  texts: Texts,
  issue: { code: string; params: Failure['params'] },
): string {
  return errorText(texts.locale, texts.dictionary, issue);
}
