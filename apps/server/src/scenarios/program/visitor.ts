import { randomUUID } from 'node:crypto';
import { ApiClient } from '../../demo/api-client.ts';
import type { Catalog, Content, Offers, Systems, Verification } from '../../demo/once-types.ts';

interface Offered {
  readonly username: string;
  readonly password: string;
}

interface Acknowledged {
  readonly id: string;
  readonly version: number;
}

/** Somebody of the demo at the public API, who asks for a little on x86. */
export interface Visitor {
  readonly api: ApiClient;
  /** Answers with the id of the request that was acknowledged; the one before is withdrawn, it would be in the way. */
  submit(): Promise<string>;
  requests(): Promise<readonly string[]>;
}

export function identities(url: string): Promise<readonly Offered[]> {
  return new ApiClient(url).call<Offered[]>('GET', '/auth/demo-identities');
}

export async function visit(url: string, username = 'rsj-applicant'): Promise<Visitor> {
  const api = new ApiClient(url);
  const password = (await identities(url)).find((one) => one.username === username)?.password;
  await api.signIn(username, password ?? '');
  const [systems, catalog, offers] = await Promise.all([
    api.call<Systems>('GET', '/systems?size=200'),
    api.call<Catalog>('GET', '/catalog'),
    api.call<Offers>('GET', '/offers'),
  ]);
  const content: Content = {
    kind: 'new',
    systemId: systems.rows.find((row) => row.code === 'dzsbk')?.id ?? '',
    environment: 'prod',
    allocationId: null,
    reason: '故障测试',
    lines: [
      {
        itemVersionId:
          catalog.find((item) => item.resource === 'cpu' && item.arch === 'x86-64')
            ?.itemVersionId ?? '',
        resource: 'cpu',
        cloudNodeId: offers.nodes.find((node) => node.code === 'sheng')?.id ?? '',
        arch: 'x86-64',
        poolClass: 'general',
        amount: 1000,
      },
    ],
  };
  let last: Acknowledged | null = null;
  return {
    api,
    async submit() {
      if (last !== null) {
        const { id, version } = last;
        await api.call('POST', `/requests/${id}/withdrawal`, { version, reason: '换一件' });
        last = null;
      }
      const submission = { id: null, version: null, content, idempotencyKey: randomUUID() };
      last = await api.call<Acknowledged>('POST', '/requests', submission);
      return last.id;
    },
    async requests() {
      const page = await api.call<{ rows: { id: string }[] }>('GET', '/requests?size=200');
      return page.rows.map(({ id }) => id);
    },
  };
}

/** What `yunheng verify` finds, asked of the serving process: the laws that do not hold. */
export async function brokenLaws(url: string): Promise<readonly Verification['laws'][number][]> {
  const { api } = await visit(url, 'operator');
  const { laws } = await api.call<Verification>('GET', '/laws');
  return laws.filter((law) => law.ok === false);
}
