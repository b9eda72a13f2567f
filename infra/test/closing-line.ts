import type { Reporter } from 'vitest/node';

/**
 * Ends a run with exactly `N passed, N failed`. A file that cannot load has no tests and counts as
 * one failure; so does an error outside every test. Stages before Vitest (format, lint, types …)
 * arrive in `YUNHENG_FAILED_STAGES`, so that one line speaks for the whole run.
 */
export class ClosingLine implements Reporter {
  onTestRunEnd(...[modules, errors]: Parameters<NonNullable<Reporter['onTestRunEnd']>>): void {
    let passed = 0;
    let failed = errors.length + Number(process.env['YUNHENG_FAILED_STAGES'] ?? 0);
    for (const module of modules) {
      const states = [...module.children.allTests()].map((test) => test.result().state);
      passed += states.filter((state) => state === 'passed').length;
      failed += states.filter((state) => state === 'failed').length;
      if (states.length === 0 || module.errors().length > 0) failed += 1;
    }
    process.on('exit', () => process.stdout.write(`${passed} passed, ${failed} failed\n`));
  }
}
