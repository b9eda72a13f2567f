import type { Instant } from '@yunheng/kernel/clock';

export const passwordRules = { minimum: 12, maximum: 256, classes: 3 } as const;

export type PasswordWeakness =
  | 'too_short'
  | 'too_long'
  | 'too_few_classes'
  | 'contains_username'
  | 'common';

/** The words that guessing starts with, in the form that `simplified` gives. */
const common = [
  'password',
  'passw0rd',
  'administrator',
  'qwertyuiop',
  'qwerty123456',
  'welcome',
  'letmein',
  'changeme',
  '123456789012',
  'woaini1314',
  'yunheng',
  'guangdong',
] as const;

const classes = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u] as const;

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
  if (username !== '' && lowered.includes(username.toLowerCase())) found.push('contains_username');
  if (isCommon(lowered)) found.push('common');
  return found;
}

/** A common word with digits and signs around it is still that word; inside a long sentence it is not. */
function isCommon(lowered: string): boolean {
  const core = lowered.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const runs = new Set(lowered);
  return (
    runs.size < 5 ||
    common.some((word) => lowered === word || core === word || core === word.replace('0', 'o'))
  );
}

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
