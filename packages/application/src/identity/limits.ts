import { administrators } from '@yunheng/domain/identity/exclusions';
import type { Role } from '@yunheng/domain/identity/roles';

const day = 24 * 60 * 60_000;

/** Rotation and history as the 等保 profile asks for them (GB/T 22239 8.1.4.1 a). */
export const passwordMaxAgeMs = 90 * day;
export const passwordHistoryLength = 5;

export const isAdministrator = (role: Role): boolean => Object.hasOwn(administrators, role);

export function mustChangePassword(
  user: { readonly mustChangePassword: boolean; readonly passwordChangedAt: number },
  now: number,
): boolean {
  return user.mustChangePassword || now - user.passwordChangedAt >= passwordMaxAgeMs;
}
