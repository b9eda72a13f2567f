import { defaultLocale } from '@yunheng/messages/locale';
import type { Locale } from '@yunheng/messages/locale';
import { readPreference } from '../preferences.ts';
import { createTexts } from './texts.ts';
import type { Texts } from './texts.ts';

/** One language is loaded, never both. */
export async function loadTexts(): Promise<Texts> {
  const locale: Locale = readPreference('locale') ?? defaultLocale;
  const { dictionary } =
    locale === 'en'
      ? await import('@yunheng/messages/en')
      : await import('@yunheng/messages/zh-cn');
  return createTexts(locale, dictionary);
}
