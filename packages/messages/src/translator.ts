import type * as zh from './zh-cn.ts';

/** The shape that zh-CN fixes: areas of entries. Other locales satisfy it, so a missing text is a type error. */
type Chinese = typeof zh.dictionary;
export type Area = keyof Chinese;
export type Dictionary = { readonly [A in Area]: { readonly [E in keyof Chinese[A]]: string } };

type EntryKey<A extends Area> = `${A}.${keyof Chinese[A] & string}`;
export type MessageKey = { [A in Area]: EntryKey<A> }[Area];

type TextOf<K extends MessageKey> = K extends `${infer A extends Area}.${infer E}`
  ? E extends keyof Chinese[A]
    ? Chinese[A][E]
    : never
  : never;

/** Placeholders of a template: `{name}`, or `{count|core|cores}` where a language counts. */
type PlaceholderOf<T> = T extends `${string}{${infer Inside}}${infer Rest}`
  ? NameIn<Inside> | PlaceholderOf<Rest>
  : never;
type NameIn<T extends string> = T extends `${infer Name}|${string}` ? Name : T;

export type MessageValue = string | number;
export type ParamsOf<K extends MessageKey> = {
  readonly [P in PlaceholderOf<TextOf<K>>]: MessageValue;
};
export type MessageArguments<K extends MessageKey> = [PlaceholderOf<TextOf<K>>] extends [never]
  ? []
  : [params: ParamsOf<K>];

/** Looks up and fills one text; the browser holds one per loaded locale. */
export type Translator = <K extends MessageKey>(key: K, ...args: MessageArguments<K>) => string;

export function createTranslator(dictionary: Dictionary): Translator {
  return (key, ...args) => fillTemplate(lookUp(dictionary, key), args[0] ?? {});
}

/** For keys that arrive as text (error codes, states from the wire): undefined when the dictionary does not know them. */
export function findText(dictionary: Dictionary, area: Area, entry: string): string | undefined {
  const entries: Readonly<Record<string, string>> = dictionary[area];
  return Object.hasOwn(entries, entry) ? entries[entry] : undefined;
}

function lookUp(dictionary: Dictionary, key: MessageKey): string {
  const dot = key.indexOf('.');
  const entries: Readonly<Record<string, Readonly<Record<string, string>>>> = dictionary;
  return entries[key.slice(0, dot)]?.[key.slice(dot + 1)] ?? key;
}

const placeholder = /\{([^{}|]+)(?:\|([^{}|]*)\|([^{}|]*))?\}/gu;

const optionalPart = /\[([^[\]]*)\]/gu;

/**
 * Fills a template. A part in square brackets is said only when all its facts are there; a placeholder elsewhere
 * without a value stays visible, because a gap in a sentence would read as a fact.
 */
export function fillTemplate(template: string, params: Readonly<Record<string, unknown>>): string {
  return spaced(
    fill(
      template.replace(optionalPart, (_, part: string) =>
        namesIn(part).every((name) => hasValue(params[name])) ? part : '',
      ),
      params,
    ),
  );
}

/** Where a value begins and ends, until the sentence is whole. */
const seam = '\uE000';
const seams = /[ \uE000]*\uE000[ \uE000]*/gu;
const han = /\p{Script=Han}/u;
const latin = /[A-Za-z0-9]/u;

/** A template cannot know whether a value is Chinese: no blank between two characters, one between Chinese and Latin. */
function spaced(text: string): string {
  if (!text.includes(seam)) return text;
  return text.replace(seams, (whole: string, at: number) => {
    const before = text.slice(0, at).at(-1) ?? '';
    const after = text.charAt(at + whole.length);
    const between = whole.replaceAll(seam, '');
    // Two values that stand apart are meant to.
    if (between !== '' && whole.startsWith(seam) && whole.endsWith(seam)) return between;
    if (han.test(before) && han.test(after)) return '';
    const isWord = (char: string) => han.test(char) || latin.test(char);
    const isMixed = han.test(before) || han.test(after);
    const isPair = whole === seam + seam;
    return isWord(before) && isWord(after) && (isMixed || isPair) ? ' ' : between;
  });
}

function namesIn(part: string): string[] {
  return [...part.matchAll(placeholder)].map((match) => match[1] ?? '');
}

function hasValue(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function fill(template: string, params: Readonly<Record<string, unknown>>): string {
  return template.replace(placeholder, (whole: string, ...groups: (string | undefined)[]) => {
    const [name = '', one, many] = groups;
    const value = params[name];
    if (!hasValue(value)) return whole;
    if (one === undefined || many === undefined) return `${seam}${String(value)}${seam}`;
    return `${String(value)} ${String(value) === '1' ? one : many}`;
  });
}
