import { createContext, useContext } from 'solid-js';
import { formatResource, formatResourceChange } from '@yunheng/messages/format/resource';
import type { ResourceKey } from '@yunheng/messages/format/resource';
import type { Locale } from '@yunheng/messages/locale';
import { createTranslator, findText } from '@yunheng/messages/translator';
import type { Area, Dictionary, Translator } from '@yunheng/messages/translator';

/** Everything that turns facts into words in the language of the reader. */
export type Texts = {
  locale: Locale;
  dictionary: Dictionary;
  t: Translator;
  /** The word of an identifier from the wire; the identifier itself when the dictionary does not know it. */
  word: (area: Area, entry: string) => string;
  resource: (resource: ResourceKey, amount: number) => string;
  change: (resource: ResourceKey, amount: number) => string;
  /** Clauses joined as the language joins them: CPU 64 核，内存 256 GiB. */
  list: (parts: readonly string[]) => string;
  /** Names joined as the language joins them: 深圳、韶关. */
  names: (parts: readonly string[]) => string;
  /** Facts of one thing, side by side: 省级政务云·x86·通用. */
  dots: (parts: readonly string[]) => string;
};

export function createTexts(locale: Locale, dictionary: Dictionary): Texts {
  return {
    locale,
    dictionary,
    t: createTranslator(dictionary),
    word: (area, entry) => findText(dictionary, area, entry) ?? entry,
    resource: (resource, amount) => formatResource(resource, amount, locale),
    change: (resource, amount) => formatResourceChange(resource, amount, locale),
    list: (parts) => parts.join(locale === 'zh-CN' ? '，' : ', '),
    names: (parts) => parts.join(locale === 'zh-CN' ? '、' : ', '),
    // No blanks in Chinese: the dot has the width of a character there.
    dots: (parts) => parts.join(locale === 'zh-CN' ? '·' : ' · '),
  };
}

const Context = createContext<Texts>();
export const TextsProvider = Context.Provider;

export function useTexts(): Texts {
  const texts = useContext(Context);
  if (texts === undefined) throw new Error('useTexts: put the component inside TextsProvider');
  return texts;
}
