import type { AccessToken } from '@yunheng/domain/provisioning/cluster';

export interface KubeconfigParts {
  readonly cluster: string;
  readonly namespace: string;
  readonly personId: string;
  readonly access: AccessToken;
}

/** YAML by hand: every value is an id, a name of ours, base64 or a token, none of which needs more than quotes. */
export function kubeconfigText({ cluster, namespace, personId, access }: KubeconfigParts): string {
  // Users need globally unique names: clients cache credentials by them.
  const user = `${personId}-${namespace}`;
  const quoted = (value: string): string => JSON.stringify(value);
  const authority =
    access.authority === ''
      ? []
      : [`      certificate-authority-data: ${quoted(access.authority)}`];
  return [
    'apiVersion: v1',
    'kind: Config',
    `current-context: ${quoted(namespace)}`,
    'clusters:',
    `  - name: ${quoted(cluster)}`,
    '    cluster:',
    `      server: ${quoted(access.server)}`,
    ...authority,
    'users:',
    `  - name: ${quoted(user)}`,
    '    user:',
    `      token: ${quoted(access.token)}`,
    'contexts:',
    `  - name: ${quoted(namespace)}`,
    '    context:',
    `      cluster: ${quoted(cluster)}`,
    `      namespace: ${quoted(namespace)}`,
    `      user: ${quoted(user)}`,
    '',
  ].join('\n');
}
