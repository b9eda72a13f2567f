import {
  passwordRules,
  passwordWeaknesses,
  type PasswordWeakness,
} from '@yunheng/domain/identity/password';
import { domainError, type DomainError, type Issue } from '@yunheng/kernel/errors';

const problems: Record<PasswordWeakness, Pick<Issue, 'code' | 'params'>> = {
  too_short: { code: 'auth.password_short', params: { minimum: passwordRules.minimum } },
  too_long: { code: 'input.too_long', params: { maximum: passwordRules.maximum } },
  too_few_classes: { code: 'auth.password_plain', params: { classes: passwordRules.classes } },
  contains_username: { code: 'auth.password_name', params: {} },
  common: { code: 'auth.password_common', params: {} },
};

/** Everything that is wrong with a new password, at once. What was used before is judged by the use case. */
export function passwordIssues(password: string, username: string): readonly Issue[] {
  return passwordWeaknesses(password, username).map((weakness) => ({
    path: 'next',
    ...problems[weakness],
  }));
}

export function weakPassword(issues: readonly Issue[]): DomainError {
  return domainError('auth.weak_password', { minimum: passwordRules.minimum }, { issues });
}
