import type { ApiClient } from './api.ts';

export type KubeObject = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
};

/** The machinery's own name as field manager; the product's is `yunheng`. */
const fieldManager = 'yunheng-cluster';

/** Plural names that are not the kind in lower case with an s. */
const irregular: Readonly<Record<string, string>> = {
  StorageClass: 'storageclasses',
  NetworkPolicy: 'networkpolicies',
  ValidatingAdmissionPolicy: 'validatingadmissionpolicies',
  MutatingAdmissionPolicy: 'mutatingadmissionpolicies',
};

export function objectPath(object: KubeObject): string {
  const plural = irregular[object.kind] ?? `${object.kind.toLowerCase()}s`;
  const root = object.apiVersion.includes('/') ? `/apis/${object.apiVersion}` : '/api/v1';
  const { name, namespace } = object.metadata;
  const scope = namespace === undefined ? '' : `/namespaces/${namespace}`;
  return `${root}${scope}/${plural}/${encodeURIComponent(name)}`;
}

/** Server-side apply: making it again changes nothing. */
export async function applyObject(
  api: ApiClient,
  object: KubeObject,
  subresource?: 'status',
): Promise<void> {
  const path = objectPath(object) + (subresource === undefined ? '' : `/${subresource}`);
  await api.expect({
    method: 'PATCH',
    path: `${path}?fieldManager=${fieldManager}&force=true`,
    body: object,
    contentType: 'application/apply-patch+yaml',
  });
}
