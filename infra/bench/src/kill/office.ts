import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient, ApiRefusal } from '@yunheng/server/demo/api-client';
import type { Catalog, Content, Detail, Offers, Systems } from '@yunheng/server/demo/once-types';
import type { AcknowledgedLog } from './acknowledged.ts';
import { pick } from './random.ts';

interface Office {
  readonly origin: string;
  readonly password: string;
  readonly log: AcknowledgedLog;
  readonly random: () => number;
  readonly mayGoOn: () => Promise<void>;
}

type Name = 'applicant' | 'head' | 'operator';
type People = Readonly<Record<Name, ApiClient>>;

const usernames = { applicant: 'rsj-applicant', head: 'rsj-head', operator: 'operator' } as const;

/** An allocation that stands, as far as this client was told. */
interface Standing {
  readonly content: Content;
  readonly allocationId: string;
}

/** One desk after another request, for ever: new, changed, released, some withdrawn, some rejected. */
export async function carryRequests(office: Office): Promise<void> {
  const people = await signIn(office);
  const [systems, catalog, offers] = await Promise.all([
    patiently(() => people.applicant.call<Systems>('GET', '/systems?size=200')),
    patiently(() => people.applicant.call<Catalog>('GET', '/catalog')),
    patiently(() => people.applicant.call<Offers>('GET', '/offers')),
  ]);
  const approved: string[] = [];
  const standing: Standing[] = [];
  for (;;) {
    await office.mayGoOn();
    await takeIn(people, approved, standing);
    const content = nextContent(office.random, { systems, catalog, offers, standing });
    const id = content === null ? null : await submit(people.applicant, content, office.log);
    if (id !== null && (await decide(office, people, id))) approved.push(id);
    await sleep(100 + office.random() * 500);
  }
}

async function signIn({ origin, password }: Office): Promise<People> {
  const enter = async (name: Name) => {
    const client = new ApiClient(origin);
    await patiently(() => client.signIn(usernames[name], password));
    return client;
  };
  return {
    applicant: await enter('applicant'),
    head: await enter('head'),
    operator: await enter('operator'),
  };
}

/** Asks again while nobody answers. What the server refuses is an answer. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof ApiRefusal && error.status < 500) throw error;
      await sleep(100);
    }
  }
}

/** The same key for every attempt: a lost answer must not make a second request (design 7). */
async function submit(
  applicant: ApiClient,
  content: Content,
  log: AcknowledgedLog,
): Promise<string | null> {
  const submission = { id: null, version: null, content, idempotencyKey: randomUUID() };
  try {
    const { id, number } = await patiently(() =>
      applicant.call<{ id: string; number: string }>('POST', '/requests', submission),
    );
    log.write({ kind: 'submitted', id, number });
    return id;
  } catch (error) {
    if (error instanceof ApiRefusal) return null;
    throw error;
  }
}

/** True when both have approved. */
async function decide(office: Office, people: People, id: string): Promise<boolean> {
  const fate = office.random();
  if (fate < 0.1) {
    await withdraw(people.applicant, id, office.log);
    return false;
  }
  for (const by of ['head', 'operator'] as const) {
    const decision = by === 'operator' && fate < 0.2 ? 'reject' : 'approve';
    if (!(await decideOnce(people[by], { id, by, decision, log: office.log }))) return false;
    if (decision === 'reject') return false;
  }
  return true;
}

interface Decision {
  readonly id: string;
  readonly by: 'head' | 'operator';
  readonly decision: 'approve' | 'reject';
  readonly log: AcknowledgedLog;
}

/** After a lost answer the request is read again: decided already counts as done, but nobody acknowledged it. */
async function decideOnce(decider: ApiClient, of: Decision): Promise<boolean> {
  for (;;) {
    const detail = await patiently(() => decider.call<Detail>('GET', `/requests/${of.id}`));
    const current = detail.steps.find((step) => step.state === 'current');
    if (current === undefined || current.seq !== (of.by === 'head' ? 1 : 2)) return true;
    const body = {
      version: detail.request.version,
      digest: detail.digest,
      decision: of.decision,
      opinion: of.decision === 'approve' ? '同意' : '不同意',
      moves: [],
    };
    try {
      await decider.call('POST', `/requests/${of.id}/decision`, body);
      of.log.write({
        kind: of.decision === 'approve' ? 'approved' : 'rejected',
        id: of.id,
        by: usernames[of.by],
      });
      return true;
    } catch (error) {
      if (error instanceof ApiRefusal && error.status < 500 && error.status !== 409) return false;
      await sleep(100);
    }
  }
}

async function withdraw(applicant: ApiClient, id: string, log: AcknowledgedLog): Promise<void> {
  const { request } = await patiently(() => applicant.call<Detail>('GET', `/requests/${id}`));
  const body = { version: request.version, reason: '撤回' };
  try {
    await applicant.call('POST', `/requests/${id}/withdrawal`, body);
    log.write({ kind: 'withdrawn', id });
  } catch {
    // Not acknowledged: whether it happened is for the server to know.
  }
}

/** Requests that are fulfilled by now stand, and can be changed or released. */
async function takeIn(people: People, approved: string[], standing: Standing[]): Promise<void> {
  for (const id of approved.splice(0)) {
    const { request, content, allocationId } = await patiently(() =>
      people.applicant.call<Detail>('GET', `/requests/${id}`),
    );
    if (request.state === 'approved') approved.push(id);
    else if (request.state === 'fulfilled' && content.kind !== 'release' && allocationId !== null)
      standing.push({ content, allocationId });
  }
}

interface Choice {
  readonly systems: Systems;
  readonly catalog: Catalog;
  readonly offers: Offers;
  readonly standing: Standing[];
}

function nextContent(random: () => number, of: Choice): Content | null {
  const again = random() < 0.4 ? of.standing.shift() : undefined;
  if (again !== undefined) {
    const kind = random() < 0.5 ? 'change' : 'release';
    const lines = kind === 'release' ? [] : again.content.lines.map(doubled);
    return { ...again.content, kind, allocationId: again.allocationId, lines };
  }
  const site = pick(random, of.offers.nodes);
  const offer = site.offers.find(({ poolClass }) => poolClass === 'general');
  if (offer === undefined) return null;
  const { arch, poolClass } = offer;
  const lines = (['cpu', 'memory'] as const).flatMap((resource) => {
    const item = of.catalog.find(
      (one) =>
        one.resource === resource &&
        (one.arch === null || one.arch === arch) &&
        (one.poolClass === null || one.poolClass === poolClass),
    );
    if (item === undefined) return [];
    const amount = Math.max(item.min, item.step);
    return [
      {
        resource,
        arch,
        poolClass,
        amount,
        cloudNodeId: site.id,
        itemVersionId: item.itemVersionId,
      },
    ];
  });
  return {
    kind: 'new',
    systemId: pick(random, of.systems.rows).id,
    environment: pick(random, ['prod', 'test'] as const),
    allocationId: null,
    reason: '随机中断下的业务办理',
    lines,
  };
}

/** Up, and at the next change of another one down again. */
const doubled = (line: Content['lines'][number]): Content['lines'][number] => ({
  ...line,
  amount: line.amount * 2,
});
