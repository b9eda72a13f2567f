import { errorCodes, type DomainError, type ErrorKind } from '@yunheng/kernel/errors';
import { errorText } from '@yunheng/messages/error-text';
import type { Locale } from '@yunheng/messages/locale';
import { dictionaries } from '@yunheng/messages/translate';

const statuses = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  precondition: 412,
  exhausted: 412,
  unavailable: 503,
  internal: 500,
} as const satisfies Record<ErrorKind, number>;

const ownStatuses: Partial<Record<DomainError['code'], number>> = {
  'rate.limited': 429,
  'rate.source': 429,
  'rate.streams': 429,
  'input.too_large': 413,
  'input.method': 405,
  'input.unsupported_media': 415,
};

export const problemType = 'application/problem+json; charset=utf-8';

export const statusOf = (error: DomainError): number =>
  ownStatuses[error.code] ?? statuses[errorCodes[error.code].kind];

/** RFC 9457, in the reader's language, with the members that the tRPC side has as well. */
export function problemOf(error: DomainError, about: { locale: Locale; requestId: string }) {
  const dictionary = dictionaries[about.locale];
  const say = (said: Pick<DomainError, 'code' | 'params'>) =>
    errorText(about.locale, dictionary, said);
  return {
    type: `urn:yunheng:error:${error.code}`,
    title: say(error),
    status: statusOf(error),
    code: error.code,
    kind: errorCodes[error.code].kind,
    params: error.params,
    issues: (error.issues ?? []).map((issue) => ({ ...issue, title: say(issue) })),
    details: error.details ?? null,
    requestId: about.requestId,
  };
}
