import type { Difference, Remedy } from '@yunheng/application/estate/province-differences';
import { canonicalJson } from '@yunheng/kernel/canonical';
import type { Locale } from '@yunheng/messages/locale';
import { translate } from '@yunheng/messages/translate';
import type { MessageKey } from '@yunheng/messages/translator';

/** In the order in which a person can do something about them. */
const remedies = {
  new_revision: 'cli.provinceRevise',
  ask: 'cli.provinceAsk',
  release_first: 'cli.provinceRelease',
  none: 'cli.provinceFixed',
} as const satisfies Record<Remedy, MessageKey>;

/** Every difference under what can be done about it, and that none of them was taken over. */
export function sayDifferences(locale: Locale, differences: readonly Difference[]): string[] {
  const byRemedy = Map.groupBy(differences, ({ remedy }) => remedy);
  const parts = Object.entries(remedies).flatMap(([remedy, what]) => {
    const own = byRemedy.get(remedy as Remedy) ?? []; // a name of the record above
    if (own.length === 0) return [];
    return [translate(locale, what), ...own.map((one) => `  ${lineOf(locale, one)}`)];
  });
  return [...parts, translate(locale, 'cli.provinceDiffers', { count: differences.length })];
}

function lineOf(locale: Locale, { path, item, stored, given }: Difference): string {
  const where = item === '' ? path : `${path} (${item})`;
  // Two years of holidays are not read for the one day that is new.
  if (Array.isArray(stored) && Array.isArray(given)) {
    const lists = { more: missingIn(stored, given), less: missingIn(given, stored) };
    if (lists.more !== nothing || lists.less !== nothing)
      return translate(locale, 'cli.provinceListDiffers', { where, ...lists });
  }
  const values = { stored: valueText(stored), given: valueText(given) };
  return translate(locale, 'cli.provinceDifference', { where, ...values });
}

const nothing = '—';

/** What a list has that the other one has not. */
function missingIn(list: readonly unknown[], other: readonly unknown[]): string {
  const known = new Set(list.map(valueText));
  const names = other.map(valueText).filter((one) => !known.has(one));
  return names.length === 0 ? nothing : names.join(', ');
}

const valueText = (value: unknown): string =>
  typeof value === 'string' ? value : canonicalJson(value);
