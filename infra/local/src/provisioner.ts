import { ApiClient } from './api.ts';
import { provisionerAccount, systemNamespace } from './base-manifests.ts';
import { ClusterToolError } from './errors.ts';
import { textAt } from './files.ts';
import { readKubeconfig, writeKubeconfig, type Credentials } from './kubeconfig.ts';

/** The clusters are re-used for weeks; every start issues a new one. */
const defaultSeconds = 30 * 24 * 3600;

export type IssueInput = {
  readonly name: string;
  /** An administrator's kubeconfig of the cluster, and which of its contexts. */
  readonly kubeconfigAdmin: string;
  readonly context?: string;
  /** Where the provisioner's kubeconfig is written, with mode 0600. */
  readonly path: string;
  readonly expirationSeconds?: number;
};

export type Issued = { readonly path: string; readonly expiresAt: number };

/** A kubeconfig of the product's own ServiceAccount. The server may shorten the token's life. */
export async function issueProvisionerKubeconfig(input: IssueInput): Promise<Issued> {
  const credentials = readKubeconfig(input.kubeconfigAdmin, input.context);
  const api = new ApiClient(credentials);
  try {
    return await issueWith(api, credentials, input);
  } finally {
    api.close();
  }
}

async function issueWith(api: ApiClient, admin: Credentials, input: IssueInput): Promise<Issued> {
  const account = `/api/v1/namespaces/${systemNamespace}/serviceaccounts/${provisionerAccount}`;
  const answer = await api.expect({
    method: 'POST',
    path: `${account}/token`,
    body: {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: input.expirationSeconds ?? defaultSeconds },
    },
  });
  const token = textAt(answer, 'status', 'token');
  const expiry = textAt(answer, 'status', 'expirationTimestamp');
  if (token === undefined || expiry === undefined) {
    throw new ClusterToolError('BASE_REFUSED', { server: admin.server }, 'no token was issued');
  }
  const expiresAt = Date.parse(expiry);
  writeKubeconfig({
    path: input.path,
    context: `yunheng-${input.name}`,
    // Unique per issue: a client's cached token of the issue before must not be used.
    user: `provisioner-${input.name}-${expiresAt.toString(36)}`,
    credentials: { server: admin.server, ca: admin.ca, token },
  });
  return { path: input.path, expiresAt };
}
