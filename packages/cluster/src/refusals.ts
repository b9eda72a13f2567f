import { AdapterError } from '@yunheng/kernel/errors';

/** What an apiserver says when it refuses: a Status object, or nothing readable. */
export interface StatusBody {
  readonly message?: string;
  readonly reason?: string;
  readonly details?: { readonly causes?: readonly { readonly reason?: string }[] };
}

export interface Refused {
  readonly cluster: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body: StatusBody;
}

/** One mapping from HTTP to the product's codes: what costs an attempt, what does not, what is worth another look. */
export function refusalOf({ cluster, method, path, status, body }: Refused): AdapterError {
  const params = {
    cluster,
    status,
    reason: body.reason ?? '',
    message: (body.message ?? '').slice(0, 300),
    call: `${method} ${path}`,
  };
  // 401 is our own credential, not a judgement of what was asked.
  if (status === 401 || status === 429 || status >= 500)
    return new AdapterError('cluster.unavailable', { retryable: true, params });
  if (status === 404 || status === 409 || status === 410 || terminating(body))
    return new AdapterError('cluster.conflict', { retryable: true, params });
  if (params.message.includes(generationPolicy))
    return new AdapterError('cluster.conflict', {
      retryable: true,
      params: { ...params, reason: 'StaleGeneration' },
    });
  return new AdapterError('provisioning.refused_by_cluster', { retryable: true, params });
}

/** The admission policy that fences stale actors where looking first cannot (infra/local/manifests). */
const generationPolicy = 'yunheng-generation';

const terminating = (body: StatusBody): boolean =>
  body.details?.causes?.some((cause) => cause.reason === 'NamespaceTerminating') ?? false;

export function unreachable(cluster: string, cause: unknown): AdapterError {
  const code =
    cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  const reason = cause instanceof Error ? cause.name : '';
  return new AdapterError('cluster.unavailable', {
    retryable: true,
    params: { cluster, reason: code || reason },
    cause,
  });
}

export function foreign(cluster: string, namespace: string, uid: string): AdapterError {
  return new AdapterError('provisioning.foreign_namespace', {
    retryable: false,
    params: { cluster, namespace, uid },
  });
}

export function stale(cluster: string, namespace: string, generation: number): AdapterError {
  return new AdapterError('cluster.conflict', {
    retryable: true,
    params: { cluster, namespace, generation, reason: 'StaleGeneration' },
  });
}
