import type { ErrorParams } from '@yunheng/kernel/errors';
import { formatResource, resourceDisplay } from './format/resource.ts';
import type { ResourceKey } from './format/resource.ts';
import { formatInstant } from './format/time.ts';
import type { Locale } from './locale.ts';
import { fillTemplate, findText } from './translator.ts';
import type { Area, Dictionary } from './translator.ts';

/** Parameters that are identifiers, and the area whose word a person reads instead. */
const wordAreas: Readonly<Record<string, readonly Area[]>> = {
  resource: ['resources'],
  arch: ['architectures'],
  poolClass: ['poolClasses'],
  role: ['roles'],
  other: ['roles'],
  roles: ['roles'],
  // Who raises it need not know the kind of the request: no state is said of one kind only.
  state: ['anyStates', 'requestStates', 'allocationStates', 'taskStates'],
  decision: ['decisions'],
  scope: ['scopes'],
  step: ['taskSteps', 'steps'],
  environment: ['environments'],
  kind: ['requestKinds'],
};

const amountParams = [
  'minimum',
  'maximum',
  'step',
  'amount',
  'free',
  'needed',
  'missing',
  'used',
  'cap',
  'held',
];
/** Patterns that people meet, by what stands between the slashes. Others say nothing to a person, and are left out. */
const patternFormats: Readonly<Record<string, string>> = {
  '^[a-z][a-z0-9-]{2,31}$': 'account',
  '[\\p{L}\\p{N}]': 'name',
  '^[a-z0-9][a-z0-9-]{0,62}$': 'code',
  '^[\\w.:-]{3,64}$': 'id',
  '^\\d{6}$': 'division',
};
const instantParams = /^(until|.+At)$/u;

export type Said = { code: string; params: ErrorParams };

/** The text of an error, for the API, the terminal and the browser alike. An unknown code reads as the code itself. */
export function errorText(locale: Locale, dictionary: Dictionary, error: Said): string {
  return saidText(locale, dictionary, { area: 'errors', ...error });
}

/** The same for everything whose code and parameters come from the wire: events, notices, steps. */
export function saidText(
  locale: Locale,
  dictionary: Dictionary,
  said: Said & { area: Area },
): string {
  const template = findText(dictionary, said.area, said.code);
  return template === undefined
    ? said.code
    : fillTemplate(template, readableParams(locale, dictionary, said.params));
}

export function readableParams(
  locale: Locale,
  dictionary: Dictionary,
  params: ErrorParams,
): Record<string, string | number> {
  const resource = params['resource'];
  const counted =
    typeof resource === 'string' && resource in resourceDisplay
      ? (resource as ResourceKey)
      : undefined; // the key was just tested
  const readable: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(params)) {
    if (value === null) readable[name] = '—';
    else if (typeof value === 'number' && instantParams.test(name))
      readable[name] = formatInstant(value);
    else if (typeof value === 'number' && counted !== undefined && amountParams.includes(name))
      readable[name] = formatResource(counted, value, locale);
    else if (typeof value === 'string' && name === 'format') {
      const words = formatWords(dictionary, value);
      if (words !== undefined) readable[name] = words;
    } else if (typeof value === 'string')
      readable[name] = wordOf({ locale, dictionary }, name, value);
    else readable[name] = typeof value === 'boolean' ? String(value) : value;
  }
  return readable;
}

function formatWords(dictionary: Dictionary, format: string): string | undefined {
  const pattern = /^\/(.+)\/[a-z]*$/su.exec(format)?.[1];
  if (pattern === undefined) return findText(dictionary, 'formats', format) ?? format;
  const known = pattern.includes('-02-29|') ? 'date' : patternFormats[pattern];
  return known === undefined ? undefined : findText(dictionary, 'formats', known);
}

function wordOf(
  { locale, dictionary }: { locale: Locale; dictionary: Dictionary },
  name: string,
  value: string,
): string {
  const areas = wordAreas[name];
  if (areas === undefined) return value;
  return value
    .split(',')
    .map(
      (part) =>
        areas
          .map((area) => findText(dictionary, area, part.trim()))
          .find((word) => word !== undefined) ?? part,
    )
    .join(locale === 'zh-CN' ? '、' : ', ');
}
