/** Everything that can go wrong with a cluster's machinery; callers word the code for people. */
export type ClusterToolCode =
  | 'GO_MISSING'
  | 'GO_TOO_OLD'
  | 'BUILD_FAILED'
  | 'BUILD_ABORTED'
  | 'CLUSTER_NAME_INVALID'
  | 'CLUSTER_START_FAILED'
  | 'CLUSTER_START_ABORTED'
  | 'CLUSTER_NOT_RUNNING'
  | 'CLUSTER_TOO_OLD'
  | 'BASE_REFUSED'
  | 'API_UNREACHABLE'
  | 'KUBECONFIG_UNUSABLE'
  | 'KIND_FAILED'
  | 'LOCK_TIMEOUT';

export class ClusterToolError extends Error {
  override readonly name = 'ClusterToolError';
  readonly code: ClusterToolCode;
  readonly params: Readonly<Record<string, string>>;

  constructor(code: ClusterToolCode, params: Record<string, string>, text: string) {
    super(text);
    this.code = code;
    this.params = params;
  }
}
