import {
  grantsInForce,
  listUsers as readUsers,
  type UserFilter,
} from '@yunheng/db/queries/identity';
import { isLocked } from '@yunheng/domain/identity/password';
import { ok } from '@yunheng/kernel/result';
import type { Call } from '../deps.ts';
import type { IdentityDeps } from './types.ts';

export async function listUsers(deps: IdentityDeps, _call: Call, input: UserFilter) {
  const now = deps.clock.real();
  const at = deps.clock.business();
  const { rows, total } = await readUsers(deps.store, input, at);
  const held = await grantsInForce(
    deps.store,
    rows.map(({ id }) => id),
    at,
  );
  return ok({
    rows: rows.map((user) => ({
      id: user.id,
      username: user.username,
      displayName: user.displayName,
      state: user.state,
      locked: isLocked(user, now),
      roles: held
        .filter(({ grant }) => grant.userId === user.id)
        .map(({ grant, departmentName }) => ({
          grantId: grant.id,
          role: grant.role,
          department:
            grant.departmentId === null
              ? null
              : { id: grant.departmentId, name: departmentName ?? grant.departmentId },
        })),
      createdAt: user.createdAt,
      version: user.version,
    })),
    total,
    page: input.page,
    size: input.size,
    at: now,
  });
}
