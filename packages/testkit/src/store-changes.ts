import type { AuditDraft, Change, NewRow } from '@yunheng/db/store';
import { capacityAccounts, capacityCommodity } from '@yunheng/domain/ledger/accounts';
import type { CauseKind, Entry, TransferDraft } from '@yunheng/domain/ledger/transfer';
import type { Ids } from '@yunheng/kernel/ids';
import type { Amount } from '@yunheng/kernel/quantity';

/** Noon of a day in November 2026, Asia/Shanghai. */
export const testInstant = 1_794_456_000_000;

export const auditDraft = (over: Partial<AuditDraft> = {}): AuditDraft => ({
  actorId: 'usr_test',
  actorName: '测试账号',
  via: 'system',
  source: 'test',
  httpRequestId: 'req_test',
  action: 'test.change',
  subjectKind: 'test',
  subjectId: 'test',
  tenantId: null,
  detail: {},
  at: testInstant,
  ...over,
});

/** One step from an account to another in one commodity. */
export const move = (
  commodity: string,
  amount: Amount,
  way: { readonly from: string; readonly to: string },
): Entry[] => [
  { account: way.from, commodity, amount: -amount },
  { account: way.to, commodity, amount },
];

export function transfer(
  ids: Ids,
  cause: { readonly kind: CauseKind; readonly id: string },
  entries: readonly Entry[],
): TransferDraft {
  return { id: ids.next('transfer'), cause, effectiveAt: testInstant, entries };
}

export const testPool = 'pool_test';
export const testCommodity = capacityCommodity(testPool, 'cpu');

/** Gives the test pool its capacity. */
export const supplyChange = (ids: Ids, amount: Amount): Change => ({
  audit: auditDraft({ action: 'test.supply' }),
  transfers: [
    transfer(
      ids,
      { kind: 'supply', id: ids.next('pool') },
      move(testCommodity, amount, {
        from: capacityAccounts.supply(testPool),
        to: capacityAccounts.free(testPool),
      }),
    ),
  ],
});

/** Takes from the test pool's free account; the line is the cause, so the same line twice is a replay. */
export const holdChange = (ids: Ids, lineId: string, amount: Amount): Change => ({
  audit: auditDraft({ action: 'test.hold', subjectId: lineId }),
  transfers: [
    transfer(
      ids,
      { kind: 'hold', id: `${lineId}:1:1` },
      move(testCommodity, amount, {
        from: capacityAccounts.free(testPool),
        to: capacityAccounts.held(testPool, lineId),
      }),
    ),
  ],
});

export const newUser = (ids: Ids, username: string): NewRow<'users'> => ({
  id: ids.next('user'),
  username,
  displayName: username,
  passwordHash: 'none',
  passwordHistory: [],
  passwordChangedAt: testInstant,
  mustChangePassword: true,
  failedLogins: 0,
  state: 'active',
  locale: 'zh-CN',
  createdAt: testInstant,
  version: 1,
});

export const newRequest = (ids: Ids): NewRow<'quotaRequests'> => ({
  id: ids.next('quotaRequest'),
  tenantId: 'ten_test',
  departmentId: 'dep_test',
  applicantId: 'usr_test',
  systemId: 'sys_test',
  kind: 'new',
  environment: 'prod',
  state: 'in_review',
  revision: 1,
  content: {
    kind: 'new',
    systemId: 'sys_test',
    environment: 'prod',
    allocationId: null,
    reason: '',
    lines: [],
  },
  createdAt: testInstant,
  updatedAt: testInstant,
  version: 1,
});

export const insertUser = (ids: Ids, username: string): Change => ({
  audit: auditDraft({ action: 'test.user', subjectId: username }),
  inserts: [{ table: 'users', row: newUser(ids, username) }],
});
