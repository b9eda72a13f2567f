import {
  architectures,
  poolClasses,
  resourceNames,
  type ResourceName,
} from '@yunheng/domain/catalog/resources';
import { roles } from '@yunheng/domain/identity/roles';
import { environments, requestKinds, requestStates } from '@yunheng/domain/quota/request';
import { z } from 'zod';

/** Words that many procedures share. Every object is strict, every text has a length, every amount is a safe integer. */
/** Only the form: whether it exists, and for whom, is asked later. */
export const id = z.string().regex(/^[\w.:-]{3,64}$/u);
/** Until the end of the year 9999: what both databases and the calendar can say. */
export const instant = z.number().int().min(0).max(253_402_300_799_999);
/** Of a row, as it was read: a 32-bit count in both databases. */
export const rowVersion = z.number().int().min(0).max(2_147_483_647);
export const amount = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/** How many there are of something. */
export const count = z.number().int().min(0);
export const signedAmount = z
  .number()
  .int()
  .min(-Number.MAX_SAFE_INTEGER)
  .max(Number.MAX_SAFE_INTEGER);
export const role = z.enum(roles);
export const resource = z.enum(resourceNames as [ResourceName, ...ResourceName[]]); // never empty
export const arch = z.enum(architectures);
export const poolClass = z.enum(poolClasses);
export const environment = z.enum(environments);
export const requestKind = z.enum(requestKinds);
export const requestState = z.enum(requestStates);
export const tier = z.enum(['provincial', 'industry', 'city', 'edge']);
/**
 * Well-formed text without control characters: the databases would store neither, and refuse late. Nor may a text
 * turn the direction of what stands beside it on a page.
 */
export const text = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((value) => value.isWellFormed() && !/[^\P{Cc}\t\n\r]|\p{Bidi_Control}/u.test(value));
export const params = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null()]),
);
export const amounts = z.partialRecord(resource, amount);

/** A reference that a page prints as a link: id and the name that people know it by. */
export const ref = z.strictObject({ id, name: z.string() });

export const pageNumber = z.number().int().min(1).max(10_000).default(1);
export const pageSize = z.number().int().min(1).max(200).default(50);
export const pageOf = <T extends z.ZodType>(row: T) =>
  z.strictObject({
    rows: z.array(row),
    total: count,
    page: count,
    size: count,
    at: instant,
  });

export const none = z.strictObject({});
export const done = z.strictObject({ ok: z.literal(true) });
