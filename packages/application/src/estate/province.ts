import type { Architecture, PoolClass, ResourceAmounts } from '@yunheng/domain/catalog/resources';
import type { Environment } from '@yunheng/domain/quota/request';
import type { Instant } from '@yunheng/kernel/clock';

/** A province as plain facts, by code. Whoever has them (a fixture, an import, a test) says them in these words. */
export interface ProvinceInput {
  /** Since when the organisation and its entitlements are as they are said here. */
  readonly effectiveFrom: Instant;
  readonly departments: readonly DepartmentInput[];
  readonly systems: readonly SystemInput[];
  readonly cloudNodes: readonly CloudNodeInput[];
  readonly clusters: readonly string[];
  readonly pools: readonly PoolInput[];
  readonly documents: readonly DocumentInput[];
}

export interface DepartmentInput {
  readonly code: string;
  readonly name: string;
  readonly divisionCode: string;
  /** What the authority grants over all pools together. */
  readonly entitlement: ResourceAmounts;
}

export interface SystemInput {
  readonly department: string;
  /** Unique within its department. */
  readonly code: string;
  readonly name: string;
  readonly protectionLevel: number;
  readonly drTier: string;
}

export interface CloudNodeInput {
  readonly code: string;
  readonly name: string;
  readonly tier: 'provincial' | 'industry' | 'city' | 'edge';
  readonly divisionCode: string;
}

export interface PoolInput {
  readonly code: string;
  readonly cloudNode: string;
  readonly cluster: string;
  readonly arch: Architecture;
  readonly poolClass: PoolClass;
  readonly overcommitPermille: number;
}

/** A published version of a policy, a catalogue item or a calendar. */
export interface DocumentInput {
  readonly kind: 'policy' | 'catalog_item' | 'calendar';
  readonly code: string;
  readonly revision: number;
  readonly clause: string;
  readonly effectiveFrom: Instant;
  readonly body: unknown;
}

/** What a pool is said to have, where no cluster has been read yet. */
export interface DeclaredPool {
  readonly pool: string;
  readonly capacity: ResourceAmounts;
}

/** What one environment of one system holds in one pool before the product takes over. */
export interface StandingInput {
  readonly department: string;
  readonly system: string;
  readonly environment: Environment;
  readonly pool: string;
  readonly namespace: string;
  readonly amounts: ResourceAmounts;
}
