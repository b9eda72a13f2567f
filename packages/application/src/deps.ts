import type { Store } from '@yunheng/db/store';
import type { Actor } from '@yunheng/domain/identity/roles';
import type { Clock } from '@yunheng/kernel/clock';
import type { DomainError } from '@yunheng/kernel/errors';
import type { Ids } from '@yunheng/kernel/ids';
import type { Result } from '@yunheng/kernel/result';

/** What every use case is given. Composed once, in apps/server/src/compose.ts. */
export interface Deps {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Who calls, and under which request: goes into the audit entry as it is. */
export interface Call {
  readonly actor: Actor;
  readonly httpRequestId: string;
  /** Network address of the caller, `cli`, or `system`. */
  readonly source: string;
}

/** Every use case answers like this: the outcome, or a refusal with all its problems. */
export type Outcome<T> = Promise<Result<T, DomainError>>;
