import type { Locale } from '@yunheng/messages/locale';
import { translate } from '@yunheng/messages/translate';
import type { NamedClusters } from '../clusters/bring-up-named.ts';
import { listed } from '../setting-words.ts';
import { rightContexts } from '../clusters/named-contexts.ts';

export interface Served {
  /** Nobody at all: nobody can sign in. */
  readonly users: number;
  /** Names of the estate's clusters. */
  readonly estate: readonly string[];
  readonly named: NamedClusters;
}

/** What a start says of what it found: what is to be done next, and which clusters there are and from where. */
export function serveLines(locale: Locale, { users, estate, named }: Served): readonly string[] {
  const lines = users === 0 ? [translate(locale, 'cli.serveNoUsers')] : [];
  const { open, close } = { 'zh-CN': { open: '（', close: '）' }, en: { open: ' (', close: ')' } }[
    locale
  ];
  const clusters = [...named].map(([name, { context }]) => `${name}${open}${context}${close}`);
  const missing = estate.filter((name) => !named.has(name));
  if (clusters.length > 0) {
    lines.push(translate(locale, 'cli.serveClusters', { clusters: listed(locale, clusters) }));
  }
  if (missing.length > 0) {
    lines.push(translate(locale, 'cli.serveMissing', { wanted: rightContexts(missing) }));
  }
  return estate.length === 0 ? [...lines, translate(locale, 'cli.serveNoClusters')] : lines;
}
