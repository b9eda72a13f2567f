import type * as zh from '../zh-cn/events.ts';

export const events = {
  submitted: 'Submitted',
  step_approved: 'Approved',
  step_returned: 'Returned',
  step_rejected: 'Rejected',
  withdrawn: 'Withdrawn',
  hold_renewed: 'Hold renewed',
  hold_expired: 'Hold expired and given back',
  hold_moved: 'Moved to another pool',
  chain_complete: 'Approval complete',
  task_queued: 'Queued for provisioning',
  task_waiting_cluster: 'Waiting for the cluster',
  task_step: '{step}',
  task_waiting_vacate: 'Waiting for use to fall',
  task_suspended: 'Suspended',
  task_grace: 'Grace period',
  task_ready: 'In force',
  task_removed: 'Released',
  task_failed: 'Provisioning failed',
  task_taken_back: 'Release taken back',
  task_restored: 'Restored',
  task_retried: 'Provisioning retried',
} satisfies Record<keyof typeof zh.events, string>;

export const changeEvents = {
  task_queued: 'Queued for the change',
  task_failed: 'Change failed',
  task_retried: 'Change tried again',
} satisfies Record<keyof typeof zh.changeEvents, string>;

export const releaseEvents = {
  task_queued: 'Queued for suspension',
  task_failed: 'Release failed',
  task_retried: 'Release tried again',
} satisfies Record<keyof typeof zh.releaseEvents, string>;

export const restoreEvents = {
  task_failed: 'Restoring failed',
  task_retried: 'Restoring tried again',
} satisfies Record<keyof typeof zh.restoreEvents, string>;

export const notices = {
  request_waits: '[{number} ]waits for your decision[ ({system})]',
  request_approved: '[{number} ]was approved and is being carried out',
  request_returned: '[{number} ]was returned; correct and resubmit it',
  request_rejected: '[{number} ]was rejected',
  request_fulfilled: '[{number} ]is in force',
  request_restoring: '[{number}: ]the release was taken back;[ {namespace}] is being restored',
  request_restored: '[{number}: ]the release was taken back;[ {namespace}] is in use again',
  request_removed: '[{number} ]was released; the namespace is gone',
  hold_expired: '[{number}: ]the hold expired and was given back',
  task_waiting_vacate: '[{number} ]waits until use falls below the new limit',
  task_failed: '[{number} ]could not be carried out and waits for an operator',
  access_not_revoked: 'The access[ of {person}] [on cluster {cluster} ]could not be taken back yet',
} satisfies Record<keyof typeof zh.notices, string>;

export const preparation = {
  binary_wait: 'waiting for another build',
  binary_modules: 'fetching the cluster programs',
  binary_compile: 'compiling the cluster programs',
  binary_install: 'installing the cluster programs',
  cluster_prepare: 'preparing the cluster folder',
  cluster_apiserver: 'starting the API server',
  cluster_base: 'installing admission policies and accounts',
  cluster_workers: 'registering worker nodes',
  cluster_ready: 'ready',
  kind_create: 'creating a kind cluster',
} satisfies Record<keyof typeof zh.preparation, string>;
