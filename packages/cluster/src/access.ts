import type { AuthenticationV1TokenRequest } from '@kubernetes/client-node';
import type { AccessGrant, AccessToken } from '@yunheng/domain/provisioning/cluster';
import type { Api } from './api.ts';
import { bindingsIn, coreIn } from './objects.ts';
import { personObjectName, personObjects, personSelector } from './person-objects.ts';
import { listAll } from './transport.ts';
import type { Wire } from './views.ts';
import { ownedUid, patch } from './writing.ts';

const longestSeconds = 3600;
/** The apiserver refuses less. */
const shortestSeconds = 600;

export async function grantAccess(api: Api, grant: AccessGrant): Promise<AccessToken> {
  const { namespace, uid, personId } = grant;
  await ownedUid(api, namespace, uid);
  const { account, binding } = personObjects(namespace, personId);
  await Promise.all([patch(api, account), patch(api, binding)]);
  const { body } = await api.transport.send<Wire<AuthenticationV1TokenRequest>>({
    method: 'POST',
    path: `${account.path}/token`,
    body: {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {
        expirationSeconds: Math.min(longestSeconds, Math.max(shortestSeconds, grant.seconds)),
      },
    },
  });
  return {
    token: body.status?.token ?? '',
    expiresAt: Date.parse(body.status?.expirationTimestamp ?? ''),
    server: api.connection.server,
    authority: api.connection.authority,
  };
}

/** A token ends with its account: deleting that one is the revocation, the binding goes with it. */
export async function revokeAccess(api: Api, namespace: string, personId: string): Promise<void> {
  const name = personObjectName(personId);
  await Promise.all([
    api.transport.find({
      method: 'DELETE',
      path: `${coreIn(namespace, 'serviceaccounts')}/${name}`,
    }),
    api.transport.find({ method: 'DELETE', path: `${bindingsIn(namespace)}/${name}` }),
  ]);
}

export async function revokeEveryone(api: Api, namespace: string): Promise<void> {
  const { items } = await listAll<Named>(api.transport, coreIn(namespace, 'serviceaccounts'), {
    labelSelector: personSelector,
  });
  const people = items.flatMap(({ metadata }) => metadata?.labels?.[personSelector] ?? []);
  await Promise.all(people.map((personId) => revokeAccess(api, namespace, personId)));
}

interface Named {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
}
