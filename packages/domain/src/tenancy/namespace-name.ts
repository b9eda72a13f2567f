import { invariant } from '@yunheng/kernel/invariant';

export interface NamespaceParts {
  /** Codes of the department and the system. */
  readonly department: string;
  readonly system: string;
  /** Short word for production, test and so on: a code like the others. */
  readonly environment: string;
  /** Counts the namespaces that this environment ever had, over all clusters, from 1. */
  readonly ordinal: number;
}

/** A DNS label (RFC 1123): what Kubernetes accepts as the name of a namespace. */
const label = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
export const namespaceNameMax = 63;

/** So that department and system together always leave room for `yh-`, the environment and a suffix. */
export const codeMax = 16;

/** True when a department or system may be registered under that code: every name made of it will be a DNS label. */
export const isCode = (code: string): boolean => code.length <= codeMax && label.test(code);

/**
 * `yh-rsj-jyfw-prod`, then `yh-rsj-jyfw-prod-2`. Made once and then recorded: renaming a department renames no
 * namespace, and a name that was used is not used again. Never cut to fit: a cut name could meet another.
 */
export function namespaceName(parts: NamespaceParts): string {
  const { department, system, environment, ordinal } = parts;
  const codes = [department, system, environment];
  invariant(codes.every(isCode), `not all are codes: ${codes.join(', ')}`);
  invariant(Number.isSafeInteger(ordinal) && ordinal >= 1, 'ordinals count from 1');
  const name = `yh-${department}-${system}-${environment}${ordinal === 1 ? '' : `-${ordinal}`}`;
  invariant(name.length <= namespaceNameMax, 'codes leave room for the rest of the name');
  return name;
}
