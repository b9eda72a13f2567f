import { describe, expect, test } from 'vitest';
import { checkPolicy, type ApprovalPolicy } from './policy.ts';

const aPolicy = (overrides: Partial<ApprovalPolicy> = {}): ApprovalPolicy => ({
  steps: [
    { code: 'head', roles: ['head'], workingDays: 1 },
    { code: 'operator', roles: ['operator', 'operator_approver'], workingDays: 2 },
  ],
  holdWorkingDays: 10,
  openHoldPermille: 500,
  graceDays: 7,
  provisioningDays: 3,
  ...overrides,
});
const head = { code: 'head', roles: ['head'], workingDays: 1 } as const;

describe('checkPolicy', () => {
  test.each([
    ['the two steps that are shipped', {}],
    ['one step', { steps: [head] }],
    ['no grace, as a test needs it', { graceDays: 0 }],
    ['the whole entitlement on hold', { openHoldPermille: 1_000 }],
  ] as const)('lets %s be published', (_name, overrides) => {
    expect(checkPolicy(aPolicy(overrides))).toEqual([]);
  });

  test.each([
    ['no step: nothing would be decided by anybody', { steps: [] }, ['steps']],
    ['two steps of one code', { steps: [head, head] }, ['steps']],
    ['a step that nobody may decide', { steps: [{ ...head, roles: [] }] }, ['steps.0.roles']],
    ['a step without a term', { steps: [{ ...head, workingDays: 0 }] }, ['steps.0.workingDays']],
    ['half a working day', { steps: [{ ...head, workingDays: 0.5 }] }, ['steps.0.workingDays']],
    ['holds that end at once', { holdWorkingDays: 0 }, ['holdWorkingDays']],
    ['nothing may be held', { openHoldPermille: 0 }, ['openHoldPermille']],
    ['more may be held than there is', { openHoldPermille: 1_001 }, ['openHoldPermille']],
    ['negative grace', { graceDays: -1 }, ['graceDays']],
    ['provisioning without a deadline (law P7)', { provisioningDays: 0 }, ['provisioningDays']],
  ] as const)('refuses %s', (_name, overrides, want) => {
    expect(checkPolicy(aPolicy(overrides))).toEqual(want);
  });

  test('names every fault at once', () => {
    expect(checkPolicy(aPolicy({ steps: [], graceDays: 0.5 }))).toEqual(['steps', 'graceDays']);
  });
});
