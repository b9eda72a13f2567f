import { parseArgs } from 'node:util';
import type { Locale } from '@yunheng/messages/locale';
import { translate } from '@yunheng/messages/translate';
import { listed } from '../setting-words.ts';
import type { Invocation, Verb } from './verb.ts';

export type Arguments = Pick<Invocation, 'words' | 'options'>;

const everyVerb = { json: { type: 'boolean' }, help: { type: 'boolean' } } as const;

/** What was typed after a verb; or what is wrong with it, in the language of the terminal. */
export function readArguments(
  { options }: Pick<Verb, 'options'>,
  args: readonly string[],
  locale: Locale,
): Arguments | string {
  const known: Verb['options'] = { ...everyVerb, ...options };
  // Not strict: what is strict about it speaks English.
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options: known,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = token.rawName;
    const type = Object.hasOwn(known, token.name) ? known[token.name]?.type : undefined;
    if (type === undefined) {
      const names = Object.keys(known).map((name) => `--${name}`);
      return translate(locale, 'cli.optionUnknown', { option, known: listed(locale, names) });
    }
    // A value that looks like the next option most likely is it; `--name=-x` says that it is not.
    const given = token.value !== undefined && (token.inlineValue || !token.value.startsWith('-'));
    if (type === 'string' && !given) return translate(locale, 'cli.optionNeedsValue', { option });
    if (type === 'boolean' && token.value !== undefined)
      return translate(locale, 'cli.optionTakesNone', { option });
  }
  const single: Record<string, string | boolean | undefined> = {};
  for (const [name, value] of Object.entries(values)) {
    if (!Array.isArray(value)) single[name] = value;
  }
  return { words: positionals, options: single };
}
