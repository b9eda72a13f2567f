import { domainError, type DomainError } from '@yunheng/kernel/errors';
import { err, ok, type Result } from '@yunheng/kernel/result';
import type { Environment } from '../quota/request.ts';

export interface NamespaceParts {
  readonly departmentCode: string;
  readonly systemCode: string;
  readonly environment: Environment;
}

/** A DNS label (RFC 1123): what Kubernetes accepts as the name of a namespace. */
const label = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
export const namespaceNameMax = 63;

/**
 * `yh-rsj-jyfw-prod`, derived once and then recorded: renaming a department renames no namespace.
 * A second pool of the same environment has a suffix. Too long is refused, never cut: a cut name could meet another.
 */
export function namespaceName(parts: NamespaceParts, suffix?: string): Result<string, DomainError> {
  const pieces = ['yh', parts.departmentCode, parts.systemCode, parts.environment];
  const name = (suffix === undefined ? pieces : [...pieces, suffix]).join('-');
  const codes = suffix === undefined ? pieces : [...pieces, suffix];
  if (!codes.every((code) => label.test(code))) return err(domainError('input.invalid', { name }));
  if (name.length > namespaceNameMax)
    return err(domainError('input.invalid', { name, limit: namespaceNameMax }));
  return ok(name);
}

/** The first free name of the environment: plain, then `-2`, `-3` … `taken` holds names of all clusters, removed ones too. */
export function freeNamespaceName(
  parts: NamespaceParts,
  taken: ReadonlySet<string>,
): Result<string, DomainError> {
  for (let ordinal = 1; ; ordinal++) {
    const name = namespaceName(parts, ordinal === 1 ? undefined : String(ordinal));
    if (!name.ok || !taken.has(name.value)) return name;
  }
}
