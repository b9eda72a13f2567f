import type { Instant } from '@yunheng/kernel/clock';

/** Figures of GB/T 22239 8.1.4.1 as shipped; the browser shows the same problems while a person types. */
export const passwordRules = { minimum: 12, maximum: 256, classes: 3, history: 5 } as const;

/** Stems that people reach for, here and elsewhere; a password that contains one says little else. */
const commonStems = [
  'password',
  'passw0rd',
  'p@ssw0rd',
  'qwerty',
  'letmein',
  'welcome',
  'changeme',
  'admin123',
  'administrator',
  'yunheng',
  'zhengwuyun',
  'guangdong',
  'zhengshuju',
  'woaini',
  '123456',
  '654321',
  '111111',
  '888888',
  'abc123',
  '1qaz2wsx',
  'asdfgh',
] as const;

const classes = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u] as const;

export type PasswordWeakness =
  | 'too_short'
  | 'too_long'
  | 'too_few_classes'
  | 'common'
  | 'contains_username';

/** Every weakness at once, in the order in which a form shows them; empty when the password is good enough. */
export function passwordWeaknesses(
  password: string,
  username: string,
): readonly PasswordWeakness[] {
  const length = Array.from(password).length;
  const lowered = password.toLowerCase();
  const found: PasswordWeakness[] = [];
  if (length < passwordRules.minimum) found.push('too_short');
  if (length > passwordRules.maximum) found.push('too_long');
  if (classes.filter((pattern) => pattern.test(password)).length < passwordRules.classes)
    found.push('too_few_classes');
  if (commonStems.some((stem) => lowered.includes(stem)) || isMonotone(lowered))
    found.push('common');
  if (username.length >= 3 && lowered.includes(username.toLowerCase()))
    found.push('contains_username');
  return found;
}

/** Fewer than five different characters: aaaaaaaaaaaA1! and its like. */
const isMonotone = (text: string): boolean => new Set(text).size < 5;

export const lockoutRules = { failures: 5, windowMs: 15 * 60_000, lockMs: 15 * 60_000 } as const;

/** The three columns of a user row that the lockout lives in. */
export interface LockoutState {
  readonly failedLogins: number;
  readonly firstFailedAt: Instant | null;
  readonly lockedUntil: Instant | null;
}

export const noFailures: LockoutState = { failedLogins: 0, firstFailedAt: null, lockedUntil: null };

/** Half-open: at `lockedUntil` itself the account is open again. */
export const isLocked = (state: LockoutState, now: Instant): boolean =>
  state.lockedUntil !== null && now < state.lockedUntil;

/** After a wrong password. Failures count inside one window from the first; a locked account does not lock for longer. */
export function afterFailure(state: LockoutState, now: Instant): LockoutState {
  if (isLocked(state, now)) return state;
  const inWindow =
    state.lockedUntil === null &&
    state.firstFailedAt !== null &&
    now < state.firstFailedAt + lockoutRules.windowMs;
  const failedLogins = inWindow ? state.failedLogins + 1 : 1;
  const firstFailedAt = inWindow ? state.firstFailedAt : now;
  const lockedUntil = failedLogins >= lockoutRules.failures ? now + lockoutRules.lockMs : null;
  return { failedLogins, firstFailedAt, lockedUntil };
}

/** After the right password of an account that is not locked. */
export const afterSuccess = (): LockoutState => noFailures;
