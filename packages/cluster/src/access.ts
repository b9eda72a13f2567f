import type {
  AuthenticationV1TokenRequest,
  V1RoleBinding,
  V1ServiceAccount,
} from '@kubernetes/client-node';
import type { AccessGrant, AccessToken, PersonAccount } from '@yunheng/domain/provisioning/cluster';
import { AdapterError } from '@yunheng/kernel/errors';
import type { Api } from './api.ts';
import { coreIn } from './objects.ts';
import {
  accountObject,
  accountOf,
  bindingObject,
  personSelector,
  type AccountWish,
} from './person-objects.ts';
import { stale } from './refusals.ts';
import { listAll } from './transport.ts';
import type { Wire } from './views.ts';
import { fieldManagerQuery, ownedUid, patch } from './writing.ts';

const longestSeconds = 3600;
/** The apiserver refuses less. */
const shortestSeconds = 600;
/** Two kubeconfigs that one person asks for at once meet at their account. */
const looks = 3;

export async function grantAccess(api: Api, grant: AccessGrant): Promise<AccessToken> {
  await ownedUid(api, grant.namespace, grant.uid);
  const { namespace, personId, epoch } = grant;
  const account = await standingAccount(api, { namespace, personId, epoch });
  await patch(api, bindingObject(account));
  const { path } = accountObject(account);
  const { body } = await api.transport.send<Wire<AuthenticationV1TokenRequest>>({
    method: 'POST',
    path: `${path}/token`,
    body: {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {
        expirationSeconds: Math.min(longestSeconds, Math.max(shortestSeconds, grant.seconds)),
      },
    },
  });
  return {
    account,
    token: body.status?.token ?? '',
    expiresAt: Date.parse(body.status?.expirationTimestamp ?? ''),
    server: api.connection.server,
    authority: api.connection.authority,
  };
}

/** The account of the wanted epoch: the one that is there, or a new one in the place of an older. */
async function standingAccount(api: Api, wish: AccountWish): Promise<PersonAccount> {
  for (let look = 1; ; look++) {
    try {
      return await lookAndMake(api, wish);
    } catch (error) {
      const met = error instanceof AdapterError && error.params['status'] === 409;
      if (!met || look === looks) throw error;
    }
  }
}

async function lookAndMake(api: Api, wish: AccountWish): Promise<PersonAccount> {
  const { path, body } = accountObject(wish);
  const found = await api.transport.find<Wire<V1ServiceAccount>>({ method: 'GET', path });
  const present = found === null ? null : accountOf(found.body, wish.personId);
  if (present !== null && present.epoch > wish.epoch)
    throw stale(api.name, wish.namespace, wish.epoch);
  if (present?.epoch === wish.epoch) {
    // What somebody edited is written back, on that very account: revocations find it by its labels.
    await patch(api, accountObject(present));
    return present;
  }
  if (present !== null) await revokeAccess(api, present);
  // Made, not applied: an account that somebody else made in between is never given an older epoch.
  const made = await api.transport.send<Wire<V1ServiceAccount>>({
    method: 'POST',
    path: coreIn(wish.namespace, 'serviceaccounts'),
    query: fieldManagerQuery,
    body,
  });
  return accountOf(made.body, wish.personId);
}

/** Without a resource version the API answers with what is written now, not with what a cache remembers. */
export async function listAccess(
  api: Api,
  personId: string | null,
): Promise<readonly PersonAccount[]> {
  return listAccounts(api, '/api/v1/serviceaccounts', personId);
}

async function listAccounts(
  api: Api,
  path: string,
  personId: string | null,
): Promise<readonly PersonAccount[]> {
  const { items } = await listAll<Wire<V1ServiceAccount>>(api.transport, path, {
    labelSelector: personSelector(personId),
  });
  return items.map((item) => accountOf(item, personId ?? ''));
}

/**
 * A token ends with its account; since an apiserver remembers for ten seconds whom it has known, the binding goes at the
 * same time: without it the token may do nothing.
 */
export async function revokeAccess(api: Api, account: PersonAccount): Promise<void> {
  const { path } = accountObject(account);
  await Promise.all([removeObject(api, path, { uid: account.uid }), removeBinding(api, account)]);
}

/** Only the binding of that very account: a newer account has written its own over it. */
async function removeBinding(api: Api, account: PersonAccount): Promise<void> {
  const { path } = bindingObject(account);
  const found = await api.transport.find<Wire<V1RoleBinding>>({ method: 'GET', path });
  const { uid = '', resourceVersion = '', ownerReferences = [] } = found?.body.metadata ?? {};
  if (uid === '' || ownerReferences.some((owner) => owner.uid !== account.uid)) return;
  await removeObject(api, path, { uid, resourceVersion });
}

async function removeObject(
  api: Api,
  path: string,
  preconditions: Readonly<Record<string, string>>,
): Promise<void> {
  const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions };
  try {
    await api.transport.find({ method: 'DELETE', path, body });
  } catch (error) {
    // Another object bears the name by now, or was written anew: the one that was meant is gone.
    if (!(error instanceof AdapterError && error.params['status'] === 409)) throw error;
  }
}

export async function revokeEveryone(api: Api, namespace: string): Promise<void> {
  const accounts = await listAccounts(api, coreIn(namespace, 'serviceaccounts'), null);
  await Promise.all(accounts.map((account) => revokeAccess(api, account)));
}
