import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalEntry, withoutSecrets, type AuditContent } from './entry.ts';

const anEntry = (overrides: Partial<AuditContent> = {}): AuditContent => ({
  id: 'aud_1',
  recordedAt: 1_764_000_000_000,
  actorId: 'usr_1',
  actorName: '人社厅经办人',
  via: 'session',
  source: '127.0.0.1',
  httpRequestId: 'req_1',
  action: 'requests.submit',
  outcome: 'done',
  errorCode: null,
  subjectKind: 'request',
  subjectId: 'qr_1',
  tenantId: 'ten_1',
  detail: { lines: 2 },
  ...overrides,
});
const names = Object.keys(anEntry()) as (keyof AuditContent)[]; // keys of a closed object

describe('canonicalEntry', () => {
  test('covers every member: none can be changed behind the hash', () => {
    const covered = Object.keys(JSON.parse(canonicalEntry(anEntry())) as object);
    expect(covered.toSorted()).toEqual(names.toSorted());
  });

  test.each(names)('another %s is another text', (name) => {
    const other = { ...anEntry(), [name]: name === 'detail' ? { lines: 3 } : 'changed' };
    expect(canonicalEntry(other)).not.toBe(canonicalEntry(anEntry()));
  });

  test('what the sealer adds later is not covered, nor any column of a later version', () => {
    const row = { ...anEntry(), seq: 7, chainHash: 'x', addedLater: true };
    expect(canonicalEntry(row)).toBe(canonicalEntry(anEntry()));
  });

  test('does not depend on the order in which a database gives the members back', () => {
    const turned = Object.fromEntries(
      Object.entries(anEntry()).toReversed(),
    ) as unknown as AuditContent; // same members
    expect(canonicalEntry(turned)).toBe(canonicalEntry(anEntry()));
  });

  test('the order inside the detail makes no difference either', () => {
    const one = anEntry({ detail: { a: 1, b: 2 } });
    const other = anEntry({ detail: { b: 2, a: 1 } });
    expect(canonicalEntry(one)).toBe(canonicalEntry(other));
  });
});

describe('withoutSecrets (law S3)', () => {
  test.each([
    'password',
    'oneTimePassword',
    'clientSecret',
    'accessToken',
    'csrfToken',
    'Cookie',
    'kubeconfig',
  ])('drops %s', (name) => {
    expect(withoutSecrets({ [name]: 'x', lines: 2 })).toEqual({ lines: 2 });
  });

  test('keeps the rest as it is', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), fc.integer()), (detail) => {
        expect(withoutSecrets(detail)).toEqual({ ...detail });
      }),
    );
  });
});
