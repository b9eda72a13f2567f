import { domainError } from '@yunheng/kernel/errors';
import { err, type Result } from '@yunheng/kernel/result';
import type { DomainError } from '@yunheng/kernel/errors';

export const pending = async <T>(): Promise<Result<T, DomainError>> =>
  err(domainError('internal.unexpected'));
