import type { DomainError } from '@yunheng/kernel/errors';
import { z } from 'zod';

/**
 * Rules know a content and nothing of the body that carries it: `lines.0.amount`. Whoever sent the body looks for
 * `content.lines.0.amount`, as the schema calls it. What a field of the body itself is called stays.
 */
export function inBody(refusal: DomainError, schema: unknown): DomainError {
  if (refusal.issues === undefined || !(schema instanceof z.ZodObject)) return refusal;
  const { content } = schema.shape;
  if (!(content instanceof z.ZodObject)) return refusal;
  const isOfContent = (path: string): boolean => {
    const [field = ''] = path.split('.');
    return Object.hasOwn(content.shape, field) && !Object.hasOwn(schema.shape, field);
  };
  return {
    ...refusal,
    issues: refusal.issues.map((issue) =>
      isOfContent(issue.path) ? { ...issue, path: `content.${issue.path}` } : issue,
    ),
  };
}
