import { afterEach, describe, expect, test } from 'vitest';
import { emptyForm } from './form-model.ts';
import { forgetLocally, keepLocally, readLocally } from './local-draft.ts';

afterEach(() => localStorage.clear());

const form = { ...emptyForm, reason: '春季招聘服务月' };
const written = { form, version: 3 };

describe('what is kept on this device', () => {
  test('survives, until it is forgotten', () => {
    keepLocally('dep_1', 'qr_1', written);
    expect(readLocally('dep_1', 'qr_1')).toMatchObject(written);
    forgetLocally('dep_1', 'qr_1');
    expect(readLocally('dep_1', 'qr_1')).toBe(undefined);
  });

  test('a new form and each draft are apart, and so are departments', () => {
    keepLocally('dep_1', undefined, written);
    expect([
      readLocally('dep_1', undefined)?.form.reason,
      readLocally('dep_1', 'qr_1'),
      readLocally('dep_2', undefined),
    ]).toEqual([form.reason, undefined, undefined]);
  });

  test.each(['{', 'null', '{"form":{}}', '{"form":{"lines":1},"savedAt":1}'])(
    'what cannot be read is the same as nothing: %s',
    (text) => {
      localStorage.setItem('yunheng.form.dep_1.new', text);
      expect(readLocally('dep_1', undefined)).toBe(undefined);
    },
  );
});
