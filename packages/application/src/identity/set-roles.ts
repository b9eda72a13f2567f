import { findUser, grantsInForce, type User } from '@yunheng/db/queries/identity';
import type { Change, Update } from '@yunheng/db/store';
import type { RoleGrant } from '@yunheng/domain/identity/roles';
import { departmentsLost } from '@yunheng/domain/provisioning/access';
import { domainError } from '@yunheng/kernel/errors';
import { err, ok } from '@yunheng/kernel/result';
import type { Call, Outcome } from '../deps.ts';
import { revocationRows } from '../provisioning/revocation-rows.ts';
import { commitDecided, refuse, type Decided } from './commit-decided.ts';
import { entryOf } from './entry.ts';
import type { IdentityDeps } from './types.ts';
import { checkGrants, grantInserts, keyOf, withoutRepeats } from './users.ts';

interface Input {
  readonly id: string;
  readonly version: number;
  readonly roles: readonly RoleGrant[];
}

/**
 * Replaces the grants of a person as a whole; what is taken away is ended, what stays is left as it was. Where the right
 * to a cluster goes with them, what the cluster gave out is taken back.
 */
export async function setRoles(deps: IdentityDeps, call: Call, input: Input): Outcome<null> {
  const outcome = await commitDecided<null>(deps, () => decide(deps, call, input));
  if (outcome.ok) return outcome;
  return refuse(deps, call, {
    action: 'users.setRoles',
    subjectId: input.id,
    error: outcome.error,
  });
}

async function decide(deps: IdentityDeps, call: Call, input: Input): Promise<Decided<null>> {
  // Nobody widens their own rights, and taking away one's own could leave nobody (law S5).
  if (input.id === call.actor.userId) return err(domainError('access.own_rights'));
  const user = await findUser(deps.store, input.id);
  if (user === null) return err(domainError('access.not_found'));
  if (user.version !== input.version) return err(domainError('store.conflict'));
  const wanted = withoutRepeats(input.roles);
  const checked = await checkGrants(deps, wanted);
  if (!checked.ok) return checked;
  const change = await changeOf(deps, call, { user, wanted });
  return ok({ change, value: null });
}

async function changeOf(
  deps: IdentityDeps,
  call: Call,
  { user, wanted }: { user: User; wanted: readonly RoleGrant[] },
): Promise<Change> {
  const now = deps.clock.business();
  const held = (await grantsInForce(deps.store, [user.id], now)).map(({ grant }) => grant);
  const wantedKeys = new Set(wanted.map(keyOf));
  const heldKeys = new Set(held.map(keyOf));
  const ended = held.filter((grant) => !wantedKeys.has(keyOf(grant)));
  const added = wanted.filter((grant) => !heldKeys.has(keyOf(grant)));
  return {
    audit: entryOf(deps, call, {
      action: 'users.setRoles',
      subjectKind: 'user',
      subjectId: user.id,
      detail: { added: added.map(keyOf).join(' '), ended: ended.map(keyOf).join(' ') },
    }),
    inserts: [
      ...grantInserts(deps, user.id, { grants: added, grantedBy: call.actor.userId, from: now }),
      ...(await revocationRows(deps, call, {
        user,
        reason: 'roles',
        departments: departmentsLost(user.id, held, wanted),
      })),
    ],
    updates: [
      // The version of the person guards the set of grants as a whole against a second editor.
      { table: 'users', key: user.id, version: user.version, set: { state: user.state } },
      ...ended.map(({ id, version }): Update => ({
        table: 'roleGrants',
        key: id,
        version,
        set: { effectiveTo: now },
      })),
    ],
  };
}
