import { errorCodes } from '@yunheng/kernel/errors';
import { describe, expect, test } from 'vitest';
import { dictionaries } from './translate.ts';
import { locales } from './locale.ts';

describe('errors', () => {
  test.each(locales)(
    '%s has one text for every code of the registry, and no text without a code',
    (locale) => {
      expect(Object.keys(dictionaries[locale].errors).toSorted()).toEqual(
        Object.keys(errorCodes).toSorted(),
      );
    },
  );
});
