import type { NamedContext } from '@yunheng/local-cluster/source';

/** What a cluster's context may be called: after its row, or as `yunheng cluster up` and kind write it. */
const contextsOf = (name: string): readonly string[] => [
  name,
  `yunheng-${name}`,
  `kind-yunheng-${name}`,
];

/** Under which name a person most likely has it, for an error that says what would be right. */
export const rightContexts = (names: readonly string[]): string =>
  names.map((name) => contextsOf(name).slice(0, 2).join(' / ')).join(', ');

export interface MatchedContexts {
  readonly byName: ReadonlyMap<string, NamedContext>;
  /** Contexts that are no cluster's; a file of a person holds whatever else they work with. */
  readonly others: readonly NamedContext[];
}

/** Each cluster with its context: an earlier form of the name wins over a later one. */
export function matchContexts(
  contexts: readonly NamedContext[],
  names: readonly string[],
): MatchedContexts {
  const byName = new Map<string, NamedContext>();
  for (const name of names) {
    const forms = contextsOf(name);
    const found = forms.flatMap((form) => contexts.find(({ context }) => context === form) ?? []);
    if (found[0] !== undefined) byName.set(name, found[0]);
  }
  const known = new Set(names.flatMap(contextsOf));
  return { byName, others: contexts.filter(({ context }) => !known.has(context)) };
}
