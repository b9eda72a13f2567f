import type { LawResult } from './law.ts';

/** Laws that leave no trace in the data: the tests that prove them, as paths of the checkout. */
const tests = {
  A4: 'infra/bench/src/kill.ts',
  P5: 'packages/application/src/provisioning/run-task.test.ts',
  P6: 'infra/bench/src/kill.ts',
  P8: 'packages/application/src/provisioning/person-acts.test.ts',
  S3: 'packages/domain/src/audit/entry.test.ts',
  S4: 'apps/server/src/http/authorization.test.ts',
} as const;

export const shownByTests = (): readonly LawResult[] =>
  Object.entries(tests).map(([id, shownBy]) => ({
    id,
    ok: null,
    checked: 0,
    findings: [],
    shownBy,
    reason: 'shown by a test',
  }));
