import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OfferedIdentity } from '@yunheng/application/identity/seed-demo-identities';
import { resourceNames } from '@yunheng/domain/catalog/resources';
import { ApiClient, ApiRefusal } from './api-client.ts';
import type {
  Catalog,
  Content,
  Detail,
  Line,
  Offers,
  RequestOutcome,
  Shown,
  Systems,
} from './once-types.ts';

const waitMs = 180_000;

/** The people of the main job, signed in at the public API like any program. */
export interface Cast {
  readonly applicant: ApiClient;
  readonly head: ApiClient;
  readonly operator: ApiClient;
}

export async function signInCast(
  origin: string,
  identities: readonly OfferedIdentity[],
): Promise<Cast> {
  const signedIn = async (username: string) => {
    const identity = identities.find((one) => one.username === username);
    if (identity === undefined) throw new Error(`the demo offers no identity ${username}`);
    const client = new ApiClient(origin);
    await client.signIn(username, identity.password);
    return client;
  };
  return {
    applicant: await signedIn('rsj-applicant'),
    head: await signedIn('rsj-head'),
    operator: await signedIn('operator'),
  };
}

/**
 * Five requests through every step: new on each cluster, a change that raises one resource and lowers another,
 * a release, and one that the ledger refuses for capacity.
 */
export async function playOnce(cast: Cast, say: (shown: Shown) => void): Promise<RequestOutcome[]> {
  const stage = await setStage(cast.applicant);
  const carry = (content: Content) => carryThrough(cast, content, say);
  const cpu = (cores: number) => cores * 1000;
  const gib = (count: number) => count * 1024;

  const main = { system: 'dzsbk', environment: 'prod' } as const;
  const trial = { system: 'gsrd', environment: 'test' } as const;
  const asked = { cpu: cpu(16), memory: gib(64), storage: gib(500) };
  const provincial = await carry(
    stage.content({ kind: 'new', ...main, lines: stage.general('sheng', asked) }),
  );
  const small = { cpu: cpu(8), memory: gib(32) };
  const city = await carry(
    stage.content({ kind: 'new', ...trial, lines: stage.general('gz', small) }),
  );
  const other = { cpu: cpu(24), memory: gib(48) };
  const changed = await carry({
    ...stage.content({ kind: 'change', ...main, lines: stage.general('sheng', other) }),
    allocationId: provincial.allocationId,
  });
  const scarce = { system: 'qxxsjc', environment: 'prod', lines: stage.cards('sheng', 8) } as const;
  const refused = await carry(stage.content({ kind: 'new', ...scarce }));
  const released = await carry({
    ...stage.content({ kind: 'release', ...trial, lines: [] }),
    allocationId: city.allocationId,
  });
  return [provincial, city, changed, refused, released];
}

type Amounts = Readonly<Partial<Record<Line['resource'], number>>>;

interface Stage {
  content(of: Pick<Content, 'kind' | 'environment' | 'lines'> & { system: string }): Content;
  general(site: string, amounts: Amounts): Line[];
  cards(site: string, count: number): Line[];
}

async function setStage(applicant: ApiClient): Promise<Stage> {
  const [systems, catalog, offers] = await Promise.all([
    applicant.call<Systems>('GET', '/systems?size=200'),
    applicant.call<Catalog>('GET', '/catalog'),
    applicant.call<Offers>('GET', '/offers'),
  ]);
  const line = (
    site: string,
    of: Pick<Line, 'resource' | 'arch' | 'poolClass' | 'amount'>,
  ): Line => ({
    ...of,
    cloudNodeId: found(offers.nodes, (one) => one.code === site, site).id,
    itemVersionId: found(
      catalog,
      (item) =>
        item.resource === of.resource &&
        (item.arch === null || item.arch === of.arch) &&
        (item.poolClass === null || item.poolClass === of.poolClass),
      of.resource,
    ).itemVersionId,
  });
  return {
    content: ({ kind, system, environment, lines }) => ({
      kind,
      systemId: found(systems.rows, (one) => one.code === system, system).id,
      environment,
      allocationId: null,
      reason: '演示：从申请到命名空间',
      lines,
    }),
    general: (site, amounts) =>
      resourceNames.flatMap((resource) => {
        const amount = amounts[resource];
        return amount === undefined
          ? []
          : [line(site, { resource, amount, arch: 'x86-64', poolClass: 'general' })];
      }),
    cards: (site, count) => [
      line(site, { resource: 'npu', amount: count, arch: 'arm64', poolClass: 'npu' }),
    ],
  };
}

function found<T>(rows: readonly T[], matches: (row: T) => boolean, name: string): T {
  const row = rows.find(matches);
  if (row === undefined) throw new Error(`the demo has no ${name}`);
  return row;
}

/** Submit, two decisions, and wait until the cluster shows it; or the refusal, which is an outcome too. */
async function carryThrough(
  cast: Cast,
  content: Content,
  say: (shown: Shown) => void,
): Promise<RequestOutcome> {
  const started = Date.now();
  let id: string;
  try {
    const key = randomUUID();
    const submission = { id: null, version: null, content, idempotencyKey: key };
    ({ id } = await cast.applicant.call<{ id: string }>('POST', '/requests', submission));
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error;
    say({ kind: content.kind, number: null, state: 'refused', problem: error.problem });
    return refusedOutcome(content, error, started);
  }
  for (const decider of [cast.head, cast.operator]) {
    const { request, digest } = await decider.call<Detail>('GET', `/requests/${id}`);
    const decision = {
      version: request.version,
      digest,
      decision: 'approve',
      opinion: '同意',
      moves: [],
    };
    await decider.call('POST', `/requests/${id}/decision`, decision);
  }
  const detail = await settled(cast.applicant, id);
  say({
    kind: content.kind,
    number: detail.request.number,
    state: detail.request.state,
    problem: null,
  });
  return outcomeOf(detail);
}

async function settled(reader: ApiClient, id: string): Promise<Detail> {
  const until = Date.now() + waitMs;
  for (;;) {
    const detail = await reader.call<Detail>('GET', `/requests/${id}`);
    if (['fulfilled', 'failed', 'rejected'].includes(detail.request.state)) return detail;
    if (Date.now() > until) return detail;
    await sleep(100);
  }
}

function outcomeOf(detail: Detail): RequestOutcome {
  const { request, events, tasks, allocationId } = detail;
  const task = tasks[0];
  return {
    number: request.number,
    id: request.id,
    kind: request.kind,
    state: request.state,
    states: events.map(({ kind, at, params }) => ({
      state: typeof params['step'] === 'string' ? `${kind}:${params['step']}` : kind,
      at: new Date(at).toISOString(),
    })),
    namespace: task?.namespace ?? null,
    uid: task?.namespaceUid ?? null,
    cluster: task?.cluster ?? null,
    allocationId,
    refusal: null,
  };
}

const refusedOutcome = (
  content: Content,
  { problem }: ApiRefusal,
  started: number,
): RequestOutcome => ({
  number: null,
  id: null,
  kind: content.kind,
  state: 'refused',
  states: [{ state: 'refused', at: new Date(started).toISOString() }],
  namespace: null,
  uid: null,
  cluster: null,
  allocationId: null,
  refusal: problem,
});
