import type { Deps } from '@yunheng/application/deps';
import { AnonymousRefusals } from '@yunheng/application/identity/anonymous-refusals';
import { LoginTurns } from '@yunheng/application/identity/login-turns';
import type { IdentityDeps } from '@yunheng/application/identity/types';
import type { Secrets } from '@yunheng/application/ports/secrets';

/** Visible instead of secret, and without the price that a real hash has on purpose. */
function plainSecrets(): Secrets {
  let made = 0;
  return {
    hashPassword: async (password) => `hash of ${password}`,
    verifyPassword: async (password, hash) => hash === `hash of ${password}`,
    newSecret: () => `secret ${++made}`,
    newPassword: () => `Password-${++made}`,
    fingerprint: (secret) => `digest of ${secret}`,
  };
}

/** What the use cases of identity need beyond the others, for tests. */
export function identityDeps(deps: Deps): IdentityDeps {
  const { store, clock, ids } = deps;
  const base = { store, clock, ids, secrets: plainSecrets(), logins: new LoginTurns() };
  return { ...base, refusals: new AnonymousRefusals(base) };
}
