import type { Store } from '@yunheng/db/store';
import type { Ids } from '@yunheng/kernel/ids';
import { describe, test } from 'vitest';
import { countedIds } from './counted-ids.ts';
import { auditCases } from './store-conformance/audit.ts';
import type { StoreCases } from './store-conformance/cases.ts';
import { lifeSignCases } from './store-conformance/life-signs.ts';
import { ledgerCases } from './store-conformance/ledger.ts';
import { numberingCases } from './store-conformance/numbering.ts';
import { oversellCases } from './store-conformance/oversell.ts';
import { replayCases } from './store-conformance/replay.ts';
import { rowCases } from './store-conformance/rows.ts';

const groups: Readonly<Record<string, StoreCases>> = {
  rows: rowCases,
  ledger: ledgerCases,
  replay: replayCases,
  numbering: numberingCases,
  audit: auditCases,
  'signs of life': lifeSignCases,
  'under load': oversellCases,
};

/** What every Store promises. `open` gives an empty, migrated one; each case has its own. */
export function storeConformance(title: string, open: (ids: Ids) => Promise<Store>): void {
  for (const [group, cases] of Object.entries(groups)) {
    describe(`${title}: ${group}`, () => {
      for (const [promise, holds] of Object.entries(cases)) {
        test(promise, async () => {
          const ids = countedIds();
          const store = await open(ids);
          try {
            await holds(store, ids);
          } finally {
            await store.close();
          }
        });
      }
    });
  }
}
