import { dictionary as en } from './en.ts';
import type { Locale } from './locale.ts';
import { createTranslator } from './translator.ts';
import type { Dictionary, MessageArguments, MessageKey } from './translator.ts';
import { dictionary as zh } from './zh-cn.ts';

/** Both locales at once, for the server and the terminal; the browser loads one and uses `createTranslator`. */
export const dictionaries: Readonly<Record<Locale, Dictionary>> = { 'zh-CN': zh, en };

const translators = { 'zh-CN': createTranslator(zh), en: createTranslator(en) };

export function translate<K extends MessageKey>(
  locale: Locale,
  key: K,
  ...args: MessageArguments<K>
): string {
  return translators[locale](key, ...args);
}
