/** What happened to a request, in the order of the contract; one entry per kind of event. */
export const events = {
  submitted: '提交',
  step_approved: '同意',
  step_returned: '退回补正',
  step_rejected: '驳回',
  withdrawn: '撤回',
  hold_renewed: '预占续期',
  hold_expired: '预占到期退还',
  hold_moved: '改到另一资源池',
  chain_complete: '审批完成',
  task_queued: '排队开通',
  task_waiting_cluster: '等待集群',
  task_step: '{step}',
  task_waiting_vacate: '等待腾退',
  task_suspended: '已停用',
  task_grace: '保留期',
  task_ready: '已生效',
  task_removed: '已释放',
  task_taken_back: '撤回释放，恢复使用',
  task_restored: '已恢复使用',
  task_failed: '开通失败',
  task_retried: '重新开通',
} as const;

/** The same where it is not an opening that happens. */
export const changeEvents = {
  task_queued: '排队变更',
  task_failed: '变更失败',
  task_retried: '重新办理变更',
} as const;

export const releaseEvents = {
  task_queued: '排队停用',
  task_failed: '释放失败',
  task_retried: '重新办理释放',
} as const;

export const restoreEvents = { task_failed: '恢复失败', task_retried: '重新办理恢复' } as const;

/** Notices inside the console, by code. */
export const notices = {
  request_waits: '[{number} ]等你审批[（{system}）]',
  request_approved: '[{number} ]已通过审批，开始办理',
  request_returned: '[{number} ]退回补正，修改后可重新提交',
  request_rejected: '[{number} ]被驳回',
  request_fulfilled: '[{number} ]已生效',
  request_restoring: '[{number} 的]释放已撤回，正在恢复[ {namespace}]',
  request_restored: '[{number} 的]释放已撤回，[{namespace} ]已恢复使用',
  request_removed: '[{number} ]已释放，命名空间已删除',
  hold_expired: '[{number} 的]预占已到期退还',
  task_waiting_vacate: '[{number} ]等待腾退：用量降到新额度以下后自动生效',
  task_failed: '[{number} ]没有办成，等平台运营处理',
  access_not_revoked: '[{person} ]在集群[ {cluster} ]上的访问还没有收回',
} as const;

/** Steps of preparing the clusters of the demo. */
export const preparation = {
  binary_wait: '等待另一次编译',
  binary_modules: '取得集群程序的源码',
  binary_compile: '编译集群程序',
  binary_install: '安装集群程序',
  cluster_prepare: '准备集群目录',
  cluster_apiserver: '启动 API 服务',
  cluster_base: '安装准入策略和服务账号',
  cluster_workers: '登记工作节点',
  cluster_ready: '就绪',
  kind_create: '建立 kind 集群',
} as const;
