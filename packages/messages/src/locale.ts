export const locales = ['zh-CN', 'en'] as const;
export type Locale = (typeof locales)[number];
export const defaultLocale: Locale = 'zh-CN';

export function isLocale(text: string): text is Locale {
  return locales.some((locale) => locale === text);
}

/** Chooses from an Accept-Language header; quality values are honoured, anything unknown falls to Chinese. */
export function negotiateLocale(header: string | undefined): Locale {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const quality = parameters
        .map((parameter) => /^\s*q=([\d.]+)$/u.exec(parameter)?.[1])
        .find((found) => found !== undefined);
      return {
        language: tag.toLowerCase().split('-')[0],
        quality: quality === undefined ? 1 : Number(quality),
      };
    })
    .filter((wish) => wish.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const wish of wanted) {
    if (wish.language === 'zh') return 'zh-CN';
    if (wish.language === 'en') return 'en';
  }
  return defaultLocale;
}
