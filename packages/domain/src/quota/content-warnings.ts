import type { Issue } from '@yunheng/kernel/errors';
import type { ResourceAmounts, ResourceName } from '../catalog/resources.ts';
import { groupLines, type AllocationFacts, type IndexedLine } from './effect.ts';
import type { RequestContent } from './request.ts';

/** What runs in pods, and what every pod takes of it: the quota counts what nobody asked for as 0. */
const ofPods: readonly ResourceName[] = ['cpu', 'memory', 'gpu', 'npu'];
const ofEveryPod: readonly ResourceName[] = ['cpu', 'memory'];

/**
 * What a content may be submitted with and hardly anybody wants: a namespace with CPU and no memory, or the other way
 * round, in which no ordinary pod starts. One for each resource that is missing, at the first line that wants it.
 */
export function contentWarnings(
  content: RequestContent,
  allocation: AllocationFacts | null,
): readonly Issue[] {
  if (content.kind === 'release') return [];
  if (content.kind === 'change') {
    const lines = content.lines.map((line, index) => ({ ...line, index }));
    return warningsOf(lines, allocation?.allocated ?? {});
  }
  return groupLines(content.lines).flatMap((group) => warningsOf(group.lines, {}));
}

function warningsOf(lines: readonly IndexedLine[], standing: ResourceAmounts): readonly Issue[] {
  const isThere = (resource: ResourceName): boolean => {
    const line = lines.find((one) => one.resource === resource);
    return (line?.amount ?? standing[resource] ?? 0) > 0;
  };
  if (!ofPods.some(isThere)) return [];
  const wanting = lines.find((line) => ofPods.includes(line.resource));
  const path = wanting === undefined ? 'lines' : `lines.${wanting.index}.resource`;
  return ofEveryPod
    .filter((resource) => !isThere(resource))
    .map((resource) => ({ path, code: 'request.no_ordinary_pods', params: { resource } }));
}
