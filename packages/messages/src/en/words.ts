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
