import type { DomainError } from '@yunheng/kernel/errors';

/** A refusal on the way to a procedure: origin, size, media type. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  readonly refusal: DomainError;

  constructor(refusal: DomainError) {
    super(refusal.code);
    this.refusal = refusal;
  }
}
