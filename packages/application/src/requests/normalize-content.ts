import type { RequestContent } from '@yunheng/domain/quota/request';

/** One content, one text: spaces trimmed, and a release carries no lines of its own. */
export const normalizeContent = (content: RequestContent): RequestContent => ({
  kind: content.kind,
  systemId: content.systemId,
  environment: content.environment,
  allocationId: content.kind === 'new' ? null : content.allocationId,
  reason: content.reason.trim(),
  lines: content.kind === 'release' ? [] : content.lines.map((line) => ({ ...line })),
});
