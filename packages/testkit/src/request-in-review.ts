import type { DomainError } from '@yunheng/kernel/errors';
import { expect } from 'vitest';
import { read, type Wish } from './carry-request.ts';
import { openOffice, type Office } from './office.ts';
import { decided, refused, rowCounts, submitted, type Somebody } from './request-desk.ts';

type Decision = Partial<Parameters<typeof decided>[2]>;

/** An office with one request that waits for its head: what every test of deciding begins with. */
export interface RequestInReview {
  readonly office: Office;
  readonly wish: Wish;
  readonly id: string;
  /** A decision that is refused, with nothing written but the one entry that law S1 asks for. */
  refusal(who: Somebody, over?: Decision): Promise<DomainError>;
}

export async function openRequestInReview(): Promise<RequestInReview> {
  const office = await openOffice();
  const wish: Wish = { kind: 'new', system: 'rsj/jyfw', amounts: { cpu: 4000 } };
  const id = await submitted(office, wish);
  return {
    office,
    wish,
    id,
    async refusal(who, over = {}) {
      const of = { id, ...over };
      const [before, row] = [await rowCounts(office), await read(office, of.id)];
      const error = refused(await decided(office, who, of));
      const entries = (before['auditEntries'] ?? 0) + 1;
      expect(await rowCounts(office)).toEqual({ ...before, auditEntries: entries });
      expect(await read(office, of.id)).toEqual(row);
      return error;
    },
  };
}
