import type { AdapterError } from '@yunheng/kernel/errors';

/**
 * What went wrong in a statement, in the committer's words. `unique` and `row` concern one Change, `retry` the moment,
 * `failed` everybody who waits.
 */
export type Fault =
  | { readonly kind: 'unique'; readonly name: string }
  | { readonly kind: 'row'; readonly code: string; readonly cause: unknown }
  | { readonly kind: 'retry'; readonly error: AdapterError }
  | { readonly kind: 'failed'; readonly error: AdapterError };
