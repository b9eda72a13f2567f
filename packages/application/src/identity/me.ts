import type { Identified } from './resolve-actor.ts';

/** The signed-in person as the console shows it; a pure view of what was resolved for this very call. */
export function me(identified: Identified | null) {
  if (identified === null) return { user: null };
  const { user, grants, session, mustChangePassword } = identified;
  return {
    user: {
      id: user.id,
      username: user.username,
      displayName: user.displayName,
      roles: grants.map(({ grant, departmentName }) => ({
        role: grant.role,
        department:
          grant.departmentId === null
            ? null
            : { id: grant.departmentId, name: departmentName ?? grant.departmentId },
      })),
      mustChangePassword,
      csrfToken: session?.csrfToken ?? '',
      locale: user.locale,
      expiresAt: session?.expiresAt ?? 0,
    },
  };
}
