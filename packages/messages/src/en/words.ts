import type * as zh from '../zh-cn/words.ts';

type Same<T> = Record<keyof T, string>;

export const resources = {
  cpu: 'CPU',
  memory: 'Memory',
  storage: 'Block storage',
  gpu: 'GPU',
  npu: 'NPU',
  database: 'Managed database',
} satisfies Same<typeof zh.resources>;

export const architectures = { 'x86-64': 'x86', arm64: 'ARM' } satisfies Same<
  typeof zh.architectures
>;

export const poolClasses = { general: 'general', gpu: 'GPU', npu: 'NPU' } satisfies Same<
  typeof zh.poolClasses
>;

export const tiers = {
  provincial: 'Provincial',
  industry: 'Industry',
  city: 'City',
  edge: 'Edge',
} satisfies Same<typeof zh.tiers>;

export const environments = { prod: 'production', test: 'test' } satisfies Same<
  typeof zh.environments
>;

export const drTiers = {
  none: 'no recovery site',
  local: 'local',
  'same-city': 'same city',
  remote: 'remote',
} satisfies Same<typeof zh.drTiers>;

export const roles = {
  applicant: 'Applicant',
  head: 'Head of department',
  operator: 'Operator',
  operator_approver: "Operator's approver",
  finance: 'Finance',
  authority: 'Authority',
  auditor: 'Auditor',
  system_admin: 'System administrator',
  security_admin: 'Security administrator',
  audit_admin: 'Audit administrator',
} satisfies Same<typeof zh.roles>;

export const requestKinds = { new: 'New', change: 'Change', release: 'Release' } satisfies Same<
  typeof zh.requestKinds
>;

export const requestStates = {
  draft: 'Draft',
  in_review: 'In review',
  returned: 'Returned',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
  approved: 'Provisioning',
  fulfilled: 'In force',
  failed: 'Provisioning failed',
} satisfies Same<typeof zh.requestStates>;

export const anyStates = {
  approved: 'Approved, under way',
  fulfilled: 'Completed',
  failed: 'Failed',
} satisfies Same<typeof zh.anyStates>;

export const newStates = {
  queued: 'Queued for provisioning',
  failed: 'Provisioning failed',
} satisfies Same<typeof zh.newStates>;

export const changeStates = {
  approved: 'Being changed',
  queued: 'Queued for the change',
  running: 'Being changed',
  failed: 'Change failed',
} satisfies Same<typeof zh.changeStates>;

export const releaseStates = {
  approved: 'Being released',
  queued: 'Queued for suspension',
  running: 'Being released',
  fulfilled: 'Released',
  failed: 'Release failed',
} satisfies Same<typeof zh.releaseStates>;

export const restoreStates = {
  queued: 'Queued for restoring',
  running: 'Being restored',
  failed: 'Restoring failed',
} satisfies Same<typeof zh.restoreStates>;

export const steps = {
  submit: 'Submission',
  head: 'Head of department',
  department_head: 'Head of department',
  takeover_check: 'Takeover check',
  takeover_accept: 'Takeover acceptance',
  operator: 'Technical review',
  provisioning: 'Provisioning',
} satisfies Same<typeof zh.steps>;

export const stepStates = {
  waiting: 'Not started',
  current: 'In progress',
  approved: 'Approved',
  returned: 'Returned',
  rejected: 'Rejected',
  skipped: 'Not applicable',
} satisfies Same<typeof zh.stepStates>;

export const taskKinds = {
  open: 'Provisioning',
  change: 'Change',
  release: 'Release',
  restore: 'Restore',
} satisfies Same<typeof zh.taskKinds>;

export const taskStates = {
  queued: 'Queued',
  waiting_cluster: 'Waiting for the cluster',
  running: 'Being provisioned',
  waiting_vacate: 'Waiting for use to fall',
  grace: 'Suspended, to be deleted',
  done: 'Done',
  failed: 'Failed',
} satisfies Same<typeof zh.taskStates>;

export const taskSteps = {
  namespace: 'Namespace and security labels',
  isolation: 'Default-deny network policy',
  limits: 'Limit range',
  quota: 'Resource quota',
  ready: 'Quota taking effect',
  access: 'Access opened',
  suspend: 'Suspended',
  grace: 'Grace period',
  delete: 'Namespace deleted',
  gone: 'Deletion confirmed',
} satisfies Same<typeof zh.taskSteps>;

export const allocationStates = {
  opening: 'Opening',
  active: 'In force',
  suspended: 'Suspended',
  deleting: 'Being deleted',
  removed: 'Released',
} satisfies Same<typeof zh.allocationStates>;

export const holdStates = {
  live: 'Held',
  allocated: 'Allocated',
  released: 'Given back',
  expired: 'Expired',
} satisfies Same<typeof zh.holdStates>;

export const decisions = { approve: 'Approve', return: 'Return', reject: 'Reject' } satisfies Same<
  typeof zh.decisions
>;

export const accountParts = {
  supply: 'supply',
  free: 'free',
  held: 'held',
  allocated: 'allocated',
  issued: 'issued quota',
  system: 'system',
} satisfies Same<typeof zh.accountParts>;

export const scopes = {
  read: 'Read',
  request: 'Request',
  approve: 'Approve',
  access: 'Fetch credentials',
} satisfies Same<typeof zh.scopes>;

export const userStates = {
  active: 'Active',
  disabled: 'Disabled',
  locked: 'Locked',
} satisfies Same<typeof zh.userStates>;

export const outcomes = { done: 'Done', refused: 'Refused' } satisfies Same<typeof zh.outcomes>;

export const protectionLevels = {
  '1': 'protection level 1',
  '2': 'protection level 2',
  '3': 'protection level 3',
  '4': 'protection level 4',
} satisfies Same<typeof zh.protectionLevels>;

export const laws = {
  L1: 'Never oversold: held and allocated stay within what is promised',
  L2: 'Every transfer balances; balances equal the sum of entries',
  L3: 'Amounts are whole numbers of the smallest unit',
  L4: 'Every hold has an owner and an end, and is used once',
  L5: 'A refusal names account, balance, shortage and ways out',
  L6: 'What is still in use is not given back',
  A1: 'Only what was approved in full is provisioned',
  A2: 'Nobody approves twice, or their own',
  A3: 'A decision has one outcome',
  A4: 'An acknowledged decision is never lost',
  A5: 'An approval is spent once',
  P1: 'One namespace for each allocation, and the other way round',
  P2: 'The clusters equal the ledger',
  P3: 'Isolation first, then limits, access last',
  P4: 'Only objects of this platform are touched',
  P5: 'A worker that comes too late is harmless',
  P6: 'After a fault work goes on, or waits for a person',
  P7: 'Everything under way has a deadline and an owner',
  P8: 'A mass deletion is stopped',
  S1: 'Every change and refusal has one audit entry',
  S2: 'The audit chain shows edit, removal, reorder and truncation',
  S3: 'No secret in log, queue, audit or error',
  S4: 'What each role may do equals the policy table',
  S5: 'The duties of the three administrators exclude each other; nobody widens their own rights',
} satisfies Same<typeof zh.laws>;

export const formats = {
  account: '3 to 32 lower-case letters, digits and hyphens, beginning with a letter',
  name: 'at least one letter or digit',
  code: 'at most 63 lower-case letters, digits and hyphens, not beginning with a hyphen',
  id: '3 to 64 letters, digits and _ . : -',
  division: 'the six digits of an administrative division',
  date: 'a date such as 2026-11-25',
  custom: 'without control characters, and without those that turn the direction of text',
} satisfies Same<typeof zh.formats>;

/** What a transfer does, told from the accounts it moves between. */
export const movements = {
  hold: 'Hold',
  allocate: 'Allocation',
  give_back: 'Hold given back',
  release: 'Release',
  move: 'Move',
  supply: 'Supply adjusted',
  other: 'Transfer',
} satisfies Same<typeof zh.movements>;
