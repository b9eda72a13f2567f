import type { SealingDeps } from '@yunheng/application/audit/sealing';
import type { Identified } from '@yunheng/application/identity/resolve-actor';
import type { IdentityDeps } from '@yunheng/application/identity/types';
import type { AccessDeps } from '@yunheng/application/provisioning/issue-kubeconfig';
import type { Proofs } from '@yunheng/application/ports/proofs';
import type { DomainError } from '@yunheng/kernel/errors';
import type { Result } from '@yunheng/kernel/result';
import type { Installation } from './installation.ts';
import type { OpenStreams } from './open-streams.ts';

/** Everything that use cases behind the routers are given; composed in apps/server/src/compose.ts. */
export interface RpcDeps extends IdentityDeps, SealingDeps, AccessDeps {
  readonly installation: Installation;
  readonly proofs: Proofs;
  readonly streams: OpenStreams;
}

/** One HTTP request, or one call in process. */
export interface RpcContext {
  readonly deps: RpcDeps;
  /** Null is an anonymous caller; an error is a session or token that does not hold (any more). */
  readonly identity: Result<Identified | null, DomainError>;
  readonly requestId: string;
  readonly source: string;
  /** Value of the header `x-yunheng-csrf`; null when it was not sent. */
  readonly csrfHeader: string | null;
  readonly session: SessionCookie;
  /** Resolves the same credentials again: long subscriptions ask whether they still hold. */
  identifyAgain(): Promise<Result<Identified | null, DomainError>>;
}

/** How a session reaches the caller. A caller in process ignores it. */
export interface SessionCookie {
  set(secret: string, maxAgeMs: number): void;
  clear(): void;
}
