import { clusters as clusterRows } from '@yunheng/db/queries/estate';
import type { Row } from '@yunheng/db/store';
import type { Cluster, Clusters } from '@yunheng/domain/provisioning/cluster';
import { AdapterError } from '@yunheng/kernel/errors';
import type { Deps } from '../deps.ts';

/** One thing that is not as a law says, named so that a person can go and look. */
export interface Finding {
  readonly law: string;
  readonly kind: string;
  readonly subject: string;
  readonly cluster: string;
  readonly detail: Readonly<Record<string, string | number | null>>;
}

/** What a sweep looked at. `unread` names clusters whose facts could not be read: the law is then not shown. */
export interface Swept {
  readonly checked: number;
  readonly findings: readonly Finding[];
  readonly unread: readonly string[];
}

export type ClusterSweep = (
  deps: Deps,
  row: Row<'clusters'>,
  cluster: Cluster,
) => Promise<Omit<Swept, 'unread'>>;

/** Runs a sweep over every cluster of the estate, one that is away never counts as true. */
export async function sweepClusters(
  deps: Deps,
  clusters: Clusters,
  sweep: ClusterSweep,
): Promise<Swept> {
  const rows = await clusterRows(deps.store);
  const all = await Promise.all(rows.map((row) => sweepOne(deps, row, { clusters, sweep })));
  return {
    checked: all.reduce((sum, one) => sum + one.checked, 0),
    findings: all.flatMap((one) => one.findings),
    unread: all.flatMap((one) => one.unread),
  };
}

async function sweepOne(
  deps: Deps,
  row: Row<'clusters'>,
  { clusters, sweep }: { clusters: Clusters; sweep: ClusterSweep },
): Promise<Swept> {
  const unread = { checked: 0, findings: [], unread: [row.name] };
  const cluster = clusters.of(row.name);
  if (cluster === null) return unread;
  try {
    const first = await sweep(deps, row, cluster);
    if (first.findings.length === 0) return { ...first, unread: [] };
    // Database and cluster are read one after the other while tasks go on between: what is wrong is wrong twice.
    const second = await sweep(deps, row, cluster);
    const before = new Set(first.findings.map(nameOf));
    const findings = second.findings.filter((finding) => before.has(nameOf(finding)));
    return { checked: second.checked, findings, unread: [] };
  } catch (error) {
    if (error instanceof AdapterError) return unread;
    throw error;
  }
}

const nameOf = ({ kind, subject }: Finding): string => `${kind} ${subject}`;
