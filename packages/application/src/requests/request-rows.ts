import { cloudNodes, departments, systemsByIds } from '@yunheng/db/queries/estate';
import {
  displayNames,
  linesOfRequests,
  stepsByIds,
  tasksOfRequests,
} from '@yunheng/db/queries/requests';
import { wholeProvince } from '@yunheng/db/scope';
import type { Row } from '@yunheng/db/store';
import { beyondCalendar, workingDaysLeft } from '@yunheng/domain/approval/working-days';
import type { ResourceAmounts, ResourceName } from '@yunheng/domain/catalog/resources';
import type { Deps } from '../deps.ts';
import { calendarInForce } from './rules-in-force.ts';

export interface Ref {
  readonly id: string;
  readonly name: string;
}

/** One request in a list; the shape of the wire contract. */
export interface RequestRow {
  readonly id: string;
  readonly number: string | null;
  readonly kind: Row<'quotaRequests'>['kind'];
  readonly state: Row<'quotaRequests'>['state'];
  readonly environment: Row<'quotaRequests'>['environment'];
  readonly system: Ref;
  readonly department: Ref;
  readonly applicant: string;
  readonly amounts: ResourceAmounts;
  readonly cloudNodes: string[];
  readonly stepCode: string | null;
  readonly taskState: string | null;
  readonly dueAt: number | null;
  /** Working days to the deadline; negative once it is over, null without one. */
  readonly workingDaysLeft: number | null;
  /** The deadline lies past the holiday calendar: only weekdays were counted, and the page says so (design 7). */
  readonly beyondCalendar: boolean;
  readonly submittedAt: number | null;
  readonly updatedAt: number;
  readonly version: number;
}

/** Rows for a page: a handful of statements however many rows there are. The scope was applied to the requests before. */
export async function requestRows(
  { store, clock }: Deps,
  requests: readonly Row<'quotaRequests'>[],
): Promise<RequestRow[]> {
  if (requests.length === 0) return [];
  const ids = requests.map((row) => row.id);
  const stepIds = requests.flatMap((row) =>
    row.currentStepId === null ? [] : [row.currentStepId],
  );
  const [systems, units, nodes, people, lines, steps, tasks] = await Promise.all([
    systemsByIds(store, wholeProvince, [...new Set(requests.map((row) => row.systemId))]),
    departments(store, wholeProvince),
    cloudNodes(store),
    displayNames(store, [...new Set(requests.map((row) => row.applicantId))]),
    linesOfRequests(store, ids),
    stepIds.length === 0 ? [] : stepsByIds(store, stepIds),
    tasksOfRequests(store, ids),
  ]);
  const dueOf = await dueReader({ store, clock }, requests);
  const nameOf = names([...systems, ...units, ...nodes]);
  const stepCode = new Map(steps.map((step) => [step.id, step.code]));
  return requests.map((row) => {
    const own = linesOfRow(row, lines);
    return {
      id: row.id,
      number: row.number,
      kind: row.kind,
      state: row.state,
      environment: row.environment,
      system: { id: row.systemId, name: nameOf(row.systemId) },
      department: { id: row.departmentId, name: nameOf(row.departmentId) },
      applicant: people.get(row.applicantId) ?? row.applicantId,
      amounts: amountsOf(row, own),
      cloudNodes: [...new Set(own.map((line) => nameOf(line.cloudNodeId)))],
      stepCode: stepCode.get(row.currentStepId ?? '') ?? null,
      taskState: taskState(tasks.filter((task) => task.requestId === row.id)),
      dueAt: row.dueAt,
      ...dueOf(row.dueAt),
      submittedAt: row.submittedAt,
      updatedAt: row.updatedAt,
      version: row.version,
    };
  });
}

type Due = Pick<RequestRow, 'workingDaysLeft' | 'beyondCalendar'>;

/** The calendar is read once for all rows, and not at all where nothing is due. */
async function dueReader(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  requests: readonly Row<'quotaRequests'>[],
): Promise<(dueAt: number | null) => Due> {
  const none: Due = { workingDaysLeft: null, beyondCalendar: false };
  if (requests.every((row) => row.dueAt === null)) return () => none;
  const now = clock.business();
  const calendar = await calendarInForce(store, now);
  return (dueAt) =>
    dueAt === null
      ? none
      : {
          workingDaysLeft: workingDaysLeft(now, dueAt, calendar),
          beyondCalendar: beyondCalendar(dueAt, calendar),
        };
}

interface ShownLine {
  readonly resource: ResourceName;
  readonly cloudNodeId: string;
  readonly amount: number;
  readonly before: number;
}

/** A draft has no frozen lines yet: what was typed stands in. */
const linesOfRow = (
  row: Row<'quotaRequests'>,
  lines: readonly Row<'requestLines'>[],
): readonly ShownLine[] =>
  row.state === 'draft'
    ? row.content.lines.map((line) => ({ ...line, before: 0 }))
    : lines.filter((line) => line.requestId === row.id && line.revision === row.revision);

function amountsOf(row: Row<'quotaRequests'>, lines: readonly ShownLine[]): ResourceAmounts {
  const amounts: Partial<Record<ResourceName, number>> = {};
  for (const line of lines) {
    const amount = row.kind === 'release' ? line.before : line.amount;
    if (Number.isSafeInteger(amount) && amount >= 0)
      amounts[line.resource] = (amounts[line.resource] ?? 0) + amount;
  }
  return amounts;
}

/** The task that is furthest from done speaks for the request. */
function taskState(tasks: readonly Row<'provisioningTasks'>[]): string | null {
  const order = [
    'failed',
    'waiting_cluster',
    'queued',
    'running',
    'waiting_vacate',
    'grace',
    'done',
  ];
  return (
    tasks
      .map((task) => task.state)
      .toSorted((left, right) => order.indexOf(left) - order.indexOf(right))[0] ?? null
  );
}

export function names(
  rows: readonly { readonly id: string; readonly name: string }[],
): (id: string) => string {
  const byId = new Map(rows.map((row) => [row.id, row.name]));
  return (id) => byId.get(id) ?? id;
}
