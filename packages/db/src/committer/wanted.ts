import type { TableName } from '../store.ts';
import type { BalanceKey, Wanted } from './facts.ts';
import type { Prepared } from './prepared.ts';

/** Everything that a batch involves, each once, so that one statement of each kind reads it. */
export function wantedBy(batch: readonly Prepared[]): Wanted {
  const balances = new Map<string, BalanceKey>();
  const causes = new Set<string>();
  const versions = new Map<TableName, Set<string>>();
  const idempotency = new Set<string>();
  const series = new Set<string>();
  for (const prepared of batch) {
    if (prepared.kind === 'refusal') continue;
    for (const { on } of prepared.deltas) balances.set(on.key, on);
    for (const { on } of prepared.floors) balances.set(on.key, on);
    for (const cause of prepared.causes) causes.add(cause);
    for (const { table, key } of [...prepared.updates, ...prepared.guards]) {
      const keys = versions.get(table);
      if (keys === undefined) versions.set(table, new Set([key]));
      else keys.add(key);
    }
    if (prepared.idempotency !== null) idempotency.add(prepared.idempotency.pair);
    if (prepared.numbering !== null) series.add(prepared.numbering.series);
  }
  return { balances, causes, versions, idempotency, series };
}
