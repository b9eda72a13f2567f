import { clusters as clusterRows } from '@yunheng/db/queries/estate';
import { allocationById } from '@yunheng/db/queries/requests';
import { wholeProvince } from '@yunheng/db/scope';
import type { Row } from '@yunheng/db/store';
import type { Clusters } from '@yunheng/domain/provisioning/cluster';
import { AdapterError, domainError, type DomainError } from '@yunheng/kernel/errors';
import type { Instant } from '@yunheng/kernel/clock';
import { err, ok } from '@yunheng/kernel/result';
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
  const facts = { departmentId: allocation?.departmentId ?? null };
  const allowed = authorize(call.actor, 'access.kubeconfig', facts);
  if (!allowed.ok) return refuse(deps, call, { subject, error: allowed.error });
  if (allocation === null)
    return refuse(deps, call, { subject, error: domainError('access.not_found') });
  if (allocation.state !== 'active' || allocation.namespaceUid === null) {
    const error = domainError('allocation.not_active', { namespace: allocation.namespace });
    return refuse(deps, call, { subject, error });
  }
  const name = await clusterName(deps, allocation);
  const cluster = deps.clusters.of(name);
  if (cluster === null) return err(domainError('cluster.unavailable', { cluster: name }));
  const { namespace, namespaceUid: uid } = allocation;
  const personId = call.actor.userId;
  // Audited before the token exists: nobody holds one that the trail does not know.
  const outcome = await deps.store.commit({
    audit: auditOf(deps, call, {
      ...subject,
      detail: { namespace, cluster: name, minutes: input.minutes },
    }),
  });
  if (outcome.kind !== 'done') return err(domainError('store.conflict'));
  try {
    const seconds = input.minutes * 60;
    const access = await cluster.grantAccess({ namespace, uid, personId, seconds });
    const kubeconfig = kubeconfigText({ cluster: name, namespace, personId, access });
    return ok({ kubeconfig, expiresAt: access.expiresAt, namespace, cluster: name });
  } catch (error) {
    if (error instanceof AdapterError) return err(refusalOf(error));
    throw error;
  }
}

const refusalOf = ({ code, params }: AdapterError): DomainError => domainError(code, params);

async function clusterName(deps: Deps, { clusterId }: Row<'allocations'>): Promise<string> {
  const rows = await clusterRows(deps.store);
  return rows.find((row) => row.id === clusterId)?.name ?? '';
}
