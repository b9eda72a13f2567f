import type { Locale } from '@yunheng/messages/locale';
import { translate } from '@yunheng/messages/translate';
import type { ZodError } from 'zod';

/** What is wrong with one setting and what would be right, in the language of the terminal. */
export function settingText(
  locale: Locale,
  of: { readonly name: string; readonly value: string | null; readonly right: string },
): string {
  const { value, ...unsaid } = of;
  return value === null
    ? translate(locale, 'cli.settingUnsaid', unsaid)
    : translate(locale, 'cli.settingWrong', { ...unsaid, value });
}

export const portRight = (locale: Locale): string => translate(locale, 'cli.settingPort');

/** Words side by side, as the language joins them. */
export const listed = (locale: Locale, words: readonly string[]): string =>
  words.join(locale === 'zh-CN' ? '、' : ', ');

/** Every variable that is wrong on a line of its own. One that may hold a password is not repeated. */
export function environmentText(
  locale: Locale,
  env: Readonly<Record<string, string | undefined>>,
  error: ZodError,
): string {
  return error.issues
    .map((issue) => {
      const name = String(issue.path[0]);
      const value = secrets.has(name) ? null : (env[name] ?? '');
      return settingText(locale, { name, value, right: rightOf(locale, issue) });
    })
    .join('\n');
}

const secrets: ReadonlySet<string> = new Set(['DATABASE_URL', 'YUNHENG_PUBLIC_ORIGIN']);

function rightOf(locale: Locale, issue: ZodError['issues'][number]): string {
  if (issue.code === 'invalid_value') return listed(locale, issue.values.map(String));
  switch (String(issue.path[0])) {
    case 'PORT':
      return portRight(locale);
    case 'DATABASE_URL':
      return 'postgres://…';
    case 'YUNHENG_PUBLIC_ORIGIN':
      return 'https://…';
    case 'YUNHENG_DATABASE_SCHEMA':
      return translate(locale, 'cli.settingSchema');
    default:
      return translate(locale, 'cli.settingText');
  }
}
