import { accessFences, accessHolders } from '@yunheng/db/queries/access';
import { clusters as clusterRows } from '@yunheng/db/queries/estate';
import { allocationById } from '@yunheng/db/queries/requests';
import { wholeProvince } from '@yunheng/db/scope';
import type { Row } from '@yunheng/db/store';
import { epochOf, mayHoldAccess } from '@yunheng/domain/provisioning/access';
import type { AccessToken, Cluster, Clusters } from '@yunheng/domain/provisioning/cluster';
import { AdapterError, domainError, type DomainError } from '@yunheng/kernel/errors';
import type { Instant } from '@yunheng/kernel/clock';
import { err, ok, type Result } from '@yunheng/kernel/result';
import { auditOf } from '../audit-of.ts';
import { authorize } from '../authorize.ts';
import type { Call, Deps, Outcome } from '../deps.ts';
import { refuse } from '../refuse.ts';
import { kubeconfigText } from './kubeconfig-text.ts';

export interface AccessDeps extends Deps {
  readonly clusters: Clusters;
}

export interface KubeconfigInput {
  readonly allocationId: string;
  readonly minutes: number;
}

export interface IssuedKubeconfig {
  readonly kubeconfig: string;
  readonly expiresAt: Instant;
  readonly namespace: string;
  readonly cluster: string;
}

/** A kubeconfig of one person for one namespace, at most an hour, handed out and never stored (law S3). */
export async function issueKubeconfig(
  deps: AccessDeps,
  call: Call,
  input: KubeconfigInput,
): Outcome<IssuedKubeconfig> {
  const allocation = await allocationById(deps.store, wholeProvince, input.allocationId);
  const subject = {
    action: 'access.kubeconfig',
    subjectKind: 'allocation',
    subjectId: input.allocationId,
    tenantId: allocation?.tenantId ?? null,
  };
  const place = placeFor(call, allocation);
  if (!place.ok) return refuse(deps, call, { subject, error: place.error });
  const { allocation: own, uid } = place.value;
  const epoch = await epochIn(deps, call, own);
  if (epoch === null) return refuse(deps, call, { subject, error: ended() });
  const name = await clusterName(deps, own);
  const cluster = deps.clusters.of(name);
  if (cluster === null) return err(domainError('cluster.unavailable', { cluster: name }));
  const { namespace } = own;
  const { minutes } = input;
  // Audited before the token exists: nobody holds one that the trail does not know.
  const outcome = await deps.store.commit({
    audit: auditOf(deps, call, { ...subject, detail: { namespace, cluster: name, minutes } }),
  });
  if (outcome.kind !== 'done') return err(domainError('store.conflict'));
  const personId = call.actor.userId;
  const granted = await reached(() =>
    cluster.grantAccess({ namespace, uid, personId, epoch, seconds: minutes * 60 }),
  );
  if (!granted.ok) return granted;
  const access = granted.value;
  if (!(await mayKeep(deps, call, { own, epoch }))) {
    await takeBack(cluster, access);
    return refuse(deps, call, { subject, error: ended() });
  }
  const kubeconfig = kubeconfigText({ cluster: name, namespace, personId, access });
  return ok({ kubeconfig, expiresAt: access.expiresAt, namespace, cluster: name });
}

type Allocation = Row<'allocations'>;

/** Rights that went while the call was under way: the session that it began with is none any more. */
const ended = () => domainError('auth.session_expired');

function placeFor(
  { actor }: Call,
  allocation: Allocation | null,
): Result<{ readonly allocation: Allocation; readonly uid: string }, DomainError> {
  const facts = { departmentId: allocation?.departmentId ?? null };
  const allowed = authorize(actor, 'access.kubeconfig', facts);
  if (!allowed.ok) return allowed;
  if (allocation === null) return err(domainError('access.not_found'));
  const { state, namespaceUid: uid, namespace } = allocation;
  if (state !== 'active' || uid === null)
    return err(domainError('allocation.not_active', { namespace }));
  return ok({ allocation, uid });
}

/** The last revocation before this call; null when one came after the caller was recognised. */
async function epochIn(
  deps: Deps,
  { actor: { userId, seenVersion } }: Call,
  { departmentId }: Allocation,
): Promise<number | null> {
  const epoch = epochOf(await accessFences(deps.store, [userId]), { userId, departmentId });
  return seenVersion !== undefined && seenVersion < epoch ? null : epoch;
}

/**
 * Asked again once the account stands. Whoever takes the right away commits first and looks at the cluster after that:
 * either this look sees the commit, or that look sees the account.
 */
async function mayKeep(
  deps: Deps,
  call: Call,
  { own, epoch }: { readonly own: Allocation; readonly epoch: number },
): Promise<boolean> {
  const [[holder = null], latest, allocation] = await Promise.all([
    accessHolders(deps.store, [call.actor.userId], deps.clock.business()),
    epochIn(deps, call, own),
    allocationById(deps.store, wholeProvince, own.id),
  ]);
  const inForce = allocation?.state === 'active';
  return latest === epoch && mayHoldAccess(holder, { departmentId: own.departmentId, inForce });
}

/** The token was given to nobody; if the cluster does not answer now, the reconciler takes the account away. */
async function takeBack(cluster: Cluster, { account }: AccessToken): Promise<void> {
  await reached(() => cluster.revokeAccess(account));
}

async function reached<T>(act: () => Promise<T>): Promise<Result<T, DomainError>> {
  try {
    return ok(await act());
  } catch (error) {
    if (error instanceof AdapterError) return err(domainError(error.code, error.params));
    throw error;
  }
}

async function clusterName(deps: Deps, { clusterId }: Allocation): Promise<string> {
  const rows = await clusterRows(deps.store);
  return rows.find((row) => row.id === clusterId)?.name ?? '';
}
