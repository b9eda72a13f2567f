/** Words of the glossary, shared by every page, the terminal and the API. Entries are the identifiers of the wire. */
export const resources = {
  cpu: 'CPU',
  memory: '内存',
  storage: '块存储',
  gpu: 'GPU',
  npu: 'NPU',
  database: '托管数据库',
} as const;

export const architectures = { 'x86-64': 'x86', arm64: 'ARM' } as const;

export const poolClasses = { general: '通用', gpu: 'GPU', npu: 'NPU' } as const;

export const tiers = { provincial: '省级', industry: '行业', city: '地市', edge: '边缘' } as const;

export const environments = { prod: '生产', test: '测试' } as const;

export const drTiers = {
  none: '无容灾',
  local: '本地容灾',
  'same-city': '同城容灾',
  remote: '异地容灾',
} as const;

export const roles = {
  applicant: '经办人',
  head: '部门负责人',
  operator: '平台运营',
  operator_approver: '运营审批人',
  finance: '财务',
  authority: '政数局',
  auditor: '审计',
  system_admin: '系统管理员',
  security_admin: '安全管理员',
  audit_admin: '审计管理员',
} as const;

export const requestKinds = { new: '新建', change: '变更', release: '释放' } as const;

export const requestStates = {
  draft: '草稿',
  in_review: '审批中',
  returned: '退回补正',
  rejected: '驳回',
  withdrawn: '已撤回',
  approved: '开通中',
  fulfilled: '已生效',
  failed: '开通失败',
} as const;

/** Where requests of every kind stand together, as in a filter. */
export const anyStates = {
  approved: '已批准，办理中',
  fulfilled: '已办结',
  failed: '办理失败',
} as const;

/** What is under way is not always an opening. Each kind says what is its own; the rest is as above and below. */
export const newStates = { queued: '排队开通', failed: '开通失败' } as const;

export const changeStates = {
  approved: '变更中',
  queued: '排队变更',
  running: '变更中',
  failed: '变更失败',
} as const;

export const releaseStates = {
  approved: '释放中',
  queued: '排队停用',
  running: '释放中',
  fulfilled: '已释放',
  failed: '释放失败',
} as const;

export const restoreStates = {
  queued: '排队恢复',
  running: '恢复中',
  failed: '恢复失败',
} as const;

export const steps = {
  submit: '提交',
  head: '部门负责人',
  department_head: '部门负责人',
  takeover_check: '纳管核对',
  takeover_accept: '纳管确认',
  operator: '技术审核',
  provisioning: '开通',
} as const;

export const stepStates = {
  waiting: '未开始',
  current: '办理中',
  approved: '同意',
  returned: '退回',
  rejected: '驳回',
  skipped: '不适用',
} as const;

export const taskKinds = {
  open: '开通',
  change: '变更',
  release: '释放',
  restore: '恢复',
} as const;

export const taskStates = {
  queued: '排队',
  waiting_cluster: '等待集群',
  running: '开通中',
  waiting_vacate: '等待腾退',
  grace: '停用，待删除',
  done: '完成',
  failed: '失败',
} as const;

export const taskSteps = {
  namespace: '命名空间与安全标签',
  isolation: '默认拒绝网络策略',
  limits: '限制范围',
  quota: '资源配额',
  ready: '等待配额生效',
  access: '开放访问',
  suspend: '停用',
  grace: '保留期',
  delete: '删除命名空间',
  gone: '确认已删除',
} as const;

export const allocationStates = {
  opening: '开通中',
  active: '已生效',
  suspended: '已停用',
  deleting: '删除中',
  removed: '已释放',
} as const;

export const holdStates = {
  live: '预占',
  allocated: '已转分配',
  released: '已退还',
  expired: '已到期',
} as const;

export const decisions = { approve: '同意', return: '退回', reject: '驳回' } as const;

export const accountParts = {
  supply: '供给',
  free: '可用',
  held: '预占',
  allocated: '已分配',
  issued: '核定配额',
  system: '系统已用',
} as const;

export const scopes = {
  read: '查看',
  request: '申请',
  approve: '审批',
  access: '取用凭据',
} as const;

export const userStates = { active: '启用', disabled: '停用', locked: '已锁定' } as const;

export const outcomes = { done: '已执行', refused: '已拒绝' } as const;

export const protectionLevels = {
  '1': '等保一级',
  '2': '等保二级',
  '3': '等保三级',
  '4': '等保四级',
} as const;

/** What the laws of the design ask for, in a line each. */
export const laws = {
  L1: '不超卖：预占加已分配不超过可承诺',
  L2: '每笔借贷相等，余额等于分录之和',
  L3: '数量都是最小单位的整数',
  L4: '每笔预占有主、有期限，只用一次',
  L5: '拒绝时写明账户、余额、缺口和办法',
  L6: '还在用的不归还：用量降下来才生效',
  A1: '审批齐全、内容一致，才开通',
  A2: '不重复审批，不审批本人的申请',
  A3: '一次审批只有一个结果',
  A4: '已确认的决定不丢失',
  A5: '一次批准只用一次',
  P1: '分配与命名空间一一对应',
  P2: '集群与台账一致',
  P3: '先隔离，再限额，最后开放访问',
  P4: '只动本平台建立的对象',
  P5: '过期的办理不起作用',
  P6: '故障之后接着办完，或等人处理',
  P7: '在办的都有期限、有负责人',
  P8: '短时间大量删除会暂停',
  S1: '每次变更和拒绝各有一条审计记录',
  S2: '审计链查得出改、删、换序和截短',
  S3: '日志、队列、审计和错误里没有口令和密钥',
  S4: '每个角色能做的与权限表一致',
  S5: '三员职责互斥，没有人能扩大自己的权限',
} as const;

/** How something has to be written, where only a pattern is known. */
export const formats = {
  account: '小写字母开头，3 至 32 位，只用小写字母、数字、连字符',
  name: '至少有一个字或数字',
  code: '小写字母或数字开头，最多 63 位，只用小写字母、数字、连字符',
  id: '3 至 64 位，只用字母、数字和 _ . : -',
  division: '6 位数字的行政区划代码',
  date: '日期，如 2026-11-25',
  custom: '不含控制字符，也不含改变文字方向的字符',
} as const;

/** What a transfer does, told from the accounts it moves between. */
export const movements = {
  hold: '预占',
  allocate: '转分配',
  give_back: '退还预占',
  release: '释放',
  move: '改放',
  supply: '供给调整',
  other: '转移',
} as const;
