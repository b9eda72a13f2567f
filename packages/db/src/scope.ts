import { inArray, sql, type SQL } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';

/**
 * Which tenants' rows a reader may see. Every query over tenant rows takes one: forgetting it is a type error,
 * and there is no default.
 */
export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'tenants'; readonly ids: readonly string[] };

export const wholeProvince: Scope = { kind: 'all' };

/** The one place where the tenant condition is added to a query. */
export function inScope(column: AnyPgColumn, scope: Scope): SQL | undefined {
  if (scope.kind === 'all') return undefined;
  return scope.ids.length === 0 ? sql`1 = 0` : inArray(column, [...scope.ids]);
}

/** The same condition on a row that was read for several readers at once. */
export const covers = (scope: Scope, tenantId: string): boolean =>
  scope.kind === 'all' || scope.ids.includes(tenantId);
