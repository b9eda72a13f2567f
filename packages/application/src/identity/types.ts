import type { Deps } from '../deps.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { AnonymousRefusals } from './anonymous-refusals.ts';
import type { LoginTurns } from './login-turns.ts';

export interface IdentityDeps extends Deps {
  readonly secrets: Secrets;
  readonly logins: LoginTurns;
  readonly refusals: AnonymousRefusals;
}

/** Who knocks before anybody is known. */
export interface AnonymousCall {
  readonly httpRequestId: string;
  readonly source: string;
}
