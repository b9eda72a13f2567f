import { documentsByIds, documentsInForce } from '@yunheng/db/queries/catalog';
import type { Row, Store } from '@yunheng/db/store';
import type { ApprovalPolicy, Versioned } from '@yunheng/domain/approval/policy';
import type { WorkingCalendar } from '@yunheng/domain/approval/working-days';
import type { Instant } from '@yunheng/kernel/clock';
import { invariant } from '@yunheng/kernel/invariant';

/** The approval policy and the calendar in force: what a submission freezes. */
export async function rulesInForce(
  store: Store,
  at: Instant,
): Promise<{ policy: Versioned<ApprovalPolicy>; calendar: WorkingCalendar }> {
  const [policies, calendar] = await Promise.all([
    documentsInForce(store, 'policy', at),
    calendarInForce(store, at),
  ]);
  const [policy] = policies;
  invariant(policy, 'no approval policy is in force: run yunheng province import');
  return { policy: versioned<ApprovalPolicy>(policy), calendar };
}

export async function calendarInForce(store: Store, at: Instant): Promise<WorkingCalendar> {
  const [calendar] = await documentsInForce(store, 'calendar', at);
  invariant(calendar, 'no calendar is in force: run yunheng province import');
  return calendar.body as WorkingCalendar; // published by the product itself from a checked document
}

/** The version that a request froze at submission, whatever is in force by now (law A1). */
export async function frozenPolicy(store: Store, id: string): Promise<Versioned<ApprovalPolicy>> {
  const [row] = await documentsByIds(store, [id]);
  invariant(row, 'a request names a policy version that does not exist');
  return versioned<ApprovalPolicy>(row);
}

const versioned = <T>(row: Row<'versionedDocuments'>): Versioned<T> => ({
  id: row.id,
  code: row.code,
  revision: row.revision,
  clause: row.clause,
  body: row.body as T, // the kind of the row decides the type of its body
});
