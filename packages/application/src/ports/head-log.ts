import type { Row } from '@yunheng/db/store';

export type SignedHead = Row<'auditHeads'>;

/** Where signed heads are kept outside the database, so that a chain cut short or written anew shows (law S2). */
export interface HeadLog {
  /** The newest head that was appended; null for an empty log. */
  last(): Promise<SignedHead | null>;
  read(): Promise<readonly SignedHead[]>;
  /** Durable when it resolves. */
  append(heads: readonly SignedHead[]): Promise<void>;
}
