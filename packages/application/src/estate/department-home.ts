import { quotaFloors, quotaTotals, type StageTotal } from '@yunheng/db/queries/capacity';
import { departmentById, systemsPage } from '@yunheng/db/queries/estate';
import {
  departmentCounts,
  recentRequests,
  restingRequests,
  type DepartmentCounts,
  type RestingRequest,
} from '@yunheng/db/queries/systems';
import { wholeProvince } from '@yunheng/db/scope';
import type { Row } from '@yunheng/db/store';
import { resourceNames, type ResourceName } from '@yunheng/domain/catalog/resources';
import { quotaCommodity } from '@yunheng/domain/ledger/accounts';
import type { Instant } from '@yunheng/kernel/clock';
import { domainError, type ErrorParams } from '@yunheng/kernel/errors';
import { ok } from '@yunheng/kernel/result';
import type { Call, Deps, Outcome } from '../deps.ts';
import { permit } from '../permit.ts';
import { refuse } from '../refuse.ts';
import { systemRows, type Named, type SystemRow } from './system-rows.ts';

export interface QuotaCell {
  readonly resource: ResourceName;
  readonly entitled: number;
  readonly allocated: number;
  readonly held: number;
  readonly free: number;
  readonly floor: number;
}

type Request = Row<'quotaRequests'>;

export interface DepartmentHome {
  readonly department: Pick<Row<'departments'>, 'id' | 'name' | 'code'>;
  readonly quota: QuotaCell[];
  readonly counts: {
    readonly draft: number;
    readonly inReview: number;
    readonly returned: number;
    readonly provisioning: number;
    readonly failed: number;
    readonly systems: number;
    readonly environments: number;
  };
  readonly recent: (Pick<Request, 'id' | 'number' | 'kind' | 'state' | 'updatedAt' | 'dueAt'> & {
    readonly system: Named;
    readonly stepCode: string | null;
  })[];
  /** What rests until somebody acts: sent back, failed, to be vacated, and the reader's own drafts. */
  readonly open: OpenRequest[];
  readonly biggest: SystemRow[];
  readonly at: Instant;
}

interface OpenRequest extends Pick<Request, 'id' | 'number' | 'kind' | 'state' | 'updatedAt'> {
  readonly system: Named;
  readonly opinion: string | null;
  readonly taskState: string | null;
  readonly deadlineAt: Instant | null;
  readonly errorCode: string | null;
  readonly errorParams: ErrorParams | null;
}

const action = 'departments.home';
const recentCount = 8;
const biggestCount = 5;
const openCount = 12;

/** What a department has, what is promised of it, and what waits for whom. */
export async function departmentHome(
  deps: Deps,
  call: Call,
  input: { readonly departmentId: string },
): Outcome<DepartmentHome> {
  const { store } = deps;
  const { departmentId } = input;
  const department = await departmentById(store, wholeProvince, departmentId);
  const tenantId = department?.tenantId ?? null;
  const subject = { subjectKind: 'department', subjectId: departmentId, tenantId };
  const facts = { departmentId: department?.id ?? null };
  const allowed = await permit(deps, call, { action, subject, facts });
  if (!allowed.ok) return allowed;
  if (department === null) {
    const error = domainError('access.not_found');
    return refuse(deps, call, { subject: { action, ...subject }, error });
  }
  const viewerId = call.actor.userId;
  const [totals, floors, counts, recent, open, biggest] = await Promise.all([
    quotaTotals(store, department.id),
    quotaFloors(store, department.id),
    departmentCounts(store, department.id, viewerId),
    recentRequests(store, department.id, { viewerId, limit: recentCount }),
    restingRequests(store, department.id, { viewerId, limit: openCount }),
    biggestSystems(deps, department.id),
  ]);
  return ok({
    department: { id: department.id, name: department.name, code: department.code },
    quota: quotaCells(totals, floors),
    counts: countsView(counts),
    recent: recent.map(({ request, systemName, stepCode }) => ({
      id: request.id,
      number: request.number,
      kind: request.kind,
      state: request.state,
      system: { id: request.systemId, name: systemName },
      updatedAt: request.updatedAt,
      dueAt: request.dueAt,
      stepCode,
    })),
    open: open.filter(isFirstOfRequest).map(openView),
    biggest,
    at: deps.clock.business(),
  });
}

/** A request over several pools can rest at several of them; it is listed once. */
const isFirstOfRequest = (row: RestingRequest, at: number, all: readonly RestingRequest[]) =>
  all.findIndex(({ request }) => request.id === row.request.id) === at;

const openView = ({ request, systemName, opinion, task }: RestingRequest): OpenRequest => ({
  id: request.id,
  number: request.number,
  kind: request.kind,
  state: request.state,
  system: { id: request.systemId, name: systemName },
  opinion,
  taskState: task?.state ?? null,
  deadlineAt: task?.deadlineAt ?? null,
  errorCode: task?.errorCode ?? null,
  errorParams: task?.errorParams ?? null,
  updatedAt: request.updatedAt,
});

async function biggestSystems(deps: Deps, departmentId: string): Promise<SystemRow[]> {
  const filter = { departmentId, sort: 'cpu', page: 1, size: biggestCount } as const;
  const { rows } = await systemsPage(deps.store, wholeProvince, filter);
  return systemRows(deps.store, rows);
}

function quotaCells(
  totals: readonly StageTotal[],
  floors: ReadonlyMap<string, number>,
): QuotaCell[] {
  return resourceNames.flatMap((resource) => {
    const commodity = quotaCommodity(resource);
    const own = totals.filter((total) => total.commodity === commodity);
    if (own.length === 0) return [];
    const at = (stage: StageTotal['stage']): number =>
      own.find((total) => total.stage === stage)?.balance ?? 0;
    const [allocated, held, free] = [at('system'), at('held'), at('free')];
    const entitled = allocated + held + free;
    return [{ resource, entitled, allocated, held, free, floor: floors.get(commodity) ?? 0 }];
  });
}

function countsView(counts: DepartmentCounts): DepartmentHome['counts'] {
  const of = (state: Request['state']): number =>
    counts.requests.find((row) => row.state === state)?.count ?? 0;
  return {
    draft: of('draft'),
    inReview: of('in_review'),
    returned: of('returned'),
    provisioning: of('approved'),
    failed: of('failed'),
    systems: counts.systems,
    environments: counts.environments,
  };
}
