import type { Cluster, QuotaView, ReadyWish } from '@yunheng/domain/provisioning/cluster';
import { inForce } from '@yunheng/domain/provisioning/projection';
import { grantAccess, listAccess, revokeAccess, revokeEveryone } from './access.ts';
import type { Api } from './api.ts';
import { connectionOf, type Connection, type ConnectionSource } from './connection.ts';
import { identify, listManaged, observe, readPools, strayPods } from './reading.ts';
import { createReadiness } from './readiness.ts';
import { createSockets } from './sockets.ts';
import { createTransport } from './transport.ts';
import { applyStep, deleteNamespace, ownedUid, writeQuota } from './writing.ts';

export interface ConnectOptions extends ConnectionSource {
  /** Name of the cluster's row. */
  readonly name: string;
}

/** A cluster behind a kubeconfig. Nothing is dialled before the first call. */
export async function connectCluster(options: ConnectOptions): Promise<Cluster> {
  return clusterOver(options.name, connectionOf(options));
}

export async function clusterOver(name: string, connection: Connection): Promise<Cluster> {
  const transport = createTransport(name, await createSockets(connection));
  const api: Api = { name, connection, transport };
  const readiness = createReadiness(transport, (wish) => askReady(api, wish));
  return {
    name,
    identify: () => identify(api),
    readPools: () => readPools(api),
    observe: (namespace) => observe(api, namespace),
    listManaged: () => listManaged(api),
    strayPods: () => strayPods(api),
    apply: (step, target, seen) => applyStep(api, step, { target, seen }),
    awaitReady: (wish, withinMs) => readiness.await(wish, withinMs),
    async suspend(target, uid) {
      await ownedUid(api, target.namespace, uid);
      // The limit first, since it is the write that a newer generation refuses.
      await writeQuota(api, target, { suspended: true });
      await revokeEveryone(api, target.namespace);
      await transport.send({
        method: 'DELETE',
        path: `/api/v1/namespaces/${target.namespace}/pods`,
      });
    },
    async restore(target, uid) {
      await ownedUid(api, target.namespace, uid);
      await writeQuota(api, target, { suspended: false });
    },
    deleteNamespace: (namespace, uid) => deleteNamespace(api, namespace, uid),
    grantAccess: (grant) => grantAccess(api, grant),
    listAccess: (personId) => listAccess(api, personId),
    revokeAccess: (account) => revokeAccess(api, account),
    async close() {
      await readiness.close();
      await transport.close();
    },
  };
}

async function askReady(api: Api, { target, uid }: ReadyWish): Promise<QuotaView | null> {
  const view = await observe(api, target.namespace);
  if (view === null || view.uid !== uid || !view.defaultAccount) return null;
  if (view.quota?.generation !== target.generation) return null;
  return inForce(view.quota, target.hard) ? view.quota : null;
}
