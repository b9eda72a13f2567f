import type { RequestContent } from '@yunheng/domain/quota/request';

/** One content, one text: spaces trimmed. What a kind does not ask for is refused, never dropped. */
export const normalizeContent = (content: RequestContent): RequestContent => ({
  kind: content.kind,
  systemId: content.systemId,
  environment: content.environment,
  allocationId: content.allocationId,
  reason: content.reason.trim(),
  lines: content.lines.map((line) => ({ ...line })),
});
