import type { Difference } from '@yunheng/application/estate/province-differences';
import type { ProvinceInput } from '@yunheng/application/estate/province';
import { catalogFamilies } from '@yunheng/domain/catalog/item';
import { resources } from '@yunheng/domain/catalog/resources';
import { dayText, shanghaiDay } from '@yunheng/kernel/civil-day';
import { domainError, type DomainError } from '@yunheng/kernel/errors';
import { err, ok, type Result } from '@yunheng/kernel/result';
import {
  amount,
  amounts,
  arch,
  poolClass,
  resource,
  role,
  text,
  tier,
} from '@yunheng/rpc/contract/common';
import { issuesOfZod } from '@yunheng/rpc/zod-issues';
import { z } from 'zod';

const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/u);
const day = z.iso.date();
/** A calendar day, which begins at midnight in Shanghai. */
const fromDay = day.transform((value) => Date.parse(`${value}T00:00:00+08:00`));
const count = z.number().int().min(1).max(100_000);

const version = { code, revision: count, clause: text(500), effectiveFrom: fromDay };

const policy = z.strictObject({
  steps: z
    .array(z.strictObject({ code, roles: z.array(role).min(1), workingDays: count }))
    .min(1)
    .max(20),
  holdWorkingDays: count,
  openHoldPermille: count.max(1000),
  graceDays: z.number().int().min(0).max(3650),
  provisioningDays: count,
});

const catalogItem = z.strictObject({
  code,
  family: z.enum(catalogFamilies),
  nameZh: text(60),
  nameEn: text(60),
  resource,
  unit: z.enum(Object.values(resources).map(({ unit }) => unit)),
  arch: arch.nullable(),
  poolClass: poolClass.nullable(),
  min: amount,
  step: amount.min(1),
  max: amount,
  kubernetesKeys: z.array(z.string().min(1).max(253)).max(10),
});

const calendar = z.strictObject({
  holidays: z.array(day).max(10_000),
  makeUpDays: z.array(day).max(10_000),
  endsOn: day,
});

const document = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('policy'), ...version, body: policy }),
  z.strictObject({ kind: z.literal('catalog_item'), ...version, body: catalogItem }),
  z.strictObject({ kind: z.literal('calendar'), ...version, body: calendar }),
]);

/** A province in a file: the words of `ProvinceInput`, with days instead of instants. */
const provinceFile = z.strictObject({
  effectiveFrom: fromDay,
  departments: z
    .array(
      z.strictObject({
        code,
        name: text(80),
        divisionCode: z.string().regex(/^\d{6}$/u),
        entitlement: amounts,
      }),
    )
    .max(10_000),
  systems: z
    .array(
      z.strictObject({
        department: code,
        code,
        name: text(80),
        protectionLevel: z.number().int().min(1).max(5),
        drTier: z.enum(['local', 'same-city', 'remote']),
      }),
    )
    .max(100_000),
  cloudNodes: z
    .array(
      z.strictObject({ code, name: text(80), tier, divisionCode: z.string().regex(/^\d{6}$/u) }),
    )
    .max(1000),
  clusters: z.array(code).max(1000),
  pools: z
    .array(
      z.strictObject({
        code,
        cloudNode: code,
        cluster: code,
        arch,
        poolClass,
        overcommitPermille: z.number().int().min(1000).max(10_000),
      }),
    )
    .max(10_000),
  documents: z.array(document).max(1000),
});

/** What the file says, or everything that is wrong with its form at once. */
export function readProvince(content: string): Result<ProvinceInput, DomainError> {
  const parsed = parsedJson(content);
  if (parsed === undefined) return err(domainError('input.not_json'));
  const read = provinceFile.safeParse(parsed);
  if (read.success) return ok(read.data);
  const issues = issuesOfZod(read.error);
  return err(domainError('input.invalid', { count: issues.length }, { issues }));
}

/** The same province as a file that a person can edit. */
export function writeProvince(input: ProvinceInput): string {
  const { effectiveFrom, documents, ...rest } = input;
  const dated = {
    effectiveFrom: dayOf(effectiveFrom),
    ...rest,
    documents: documents.map((one) => ({ ...one, effectiveFrom: dayOf(one.effectiveFrom) })),
  };
  return `${JSON.stringify(dated, null, 2)}\n`;
}

/** A difference as the file would say it: instants are days there. */
export function inWordsOfFile(difference: Difference): Difference {
  const { path, stored, given } = difference;
  if (path.split('.').at(-1) !== 'effectiveFrom') return difference;
  const [before, after] = [stored, given].map((at) => (typeof at === 'number' ? dayOf(at) : at));
  return { ...difference, stored: before, given: after };
}

const dayOf = (at: number): string => dayText(shanghaiDay(at));

function parsedJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
