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
  task_retried: 'Provisioning retried',
} satisfies Record<keyof typeof zh.events, string>;

export const notices = {
  'approval.pending': '{number} waits for your decision ({step})',
  'request.submitted': '{number} was submitted',
  'request.approved': '{number} was approved; provisioning starts',
  'request.returned': '{number} was returned for correction',
  'request.rejected': '{number} was rejected',
  'request.withdrawn': '{number} was withdrawn',
  'request.fulfilled': '{number} is in force',
  'request.failed': '{number} could not be provisioned and needs you',
  'request.waiting_vacate': '{number} waits until use falls below the new limit',
  'request.hold_expired': 'The hold of {number} has expired',
} satisfies Record<keyof typeof zh.notices, string>;

export const preparation = {
  binary: 'fetching the cluster program',
  build: 'building the cluster program',
  control_plane: 'starting the control plane',
  etcd: 'starting etcd',
  apiserver: 'starting the API server',
  controllers: 'starting the controllers',
  workers: 'registering worker nodes',
  policies: 'installing admission policies',
  access: 'making the service account',
  capacity: 'reading capacity',
  kind: 'making the kind cluster',
  ready: 'ready',
} satisfies Record<keyof typeof zh.preparation, string>;
