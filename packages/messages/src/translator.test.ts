import { describe, expect, test } from 'vitest';
import { locales } from './locale.ts';
import { dictionaries, translate } from './translate.ts';
import { fillTemplate, findText } from './translator.ts';

describe('fillTemplate', () => {
  test.each([
    {
      name: 'fills a value',
      template: '可用 {free}',
      params: { free: '96 核' },
      want: '可用 96 核',
    },
    {
      name: 'keeps a gap visible, because a gap would read as a fact',
      template: '可用 {free}',
      params: {},
      want: '可用 {free}',
    },
    {
      name: 'says an optional part when all its facts are there',
      template: '集群[ {cluster} ]拒绝了[：{reason}]。',
      params: { cluster: 'shi', reason: '超限' },
      want: '集群 shi 拒绝了：超限。',
    },
    {
      name: 'drops an optional part without its facts',
      template: '集群[ {cluster} ]拒绝了[：{reason}]。',
      params: { cluster: 'shi' },
      want: '集群 shi 拒绝了。',
    },
    {
      name: 'treats null as absent',
      template: 'a[ {b}]',
      params: { b: null },
      want: 'a',
    },
    {
      name: 'counts one',
      template: '{count|item|items}',
      params: { count: 1 },
      want: '1 item',
    },
    {
      name: 'counts many, also when grouped',
      template: '{count|item|items}',
      params: { count: '1,024' },
      want: '1,024 items',
    },
    { name: 'keeps zero', template: '{count} 件', params: { count: 0 }, want: '0 件' },
  ])('$name', ({ template, params, want }) => {
    expect(fillTemplate(template, params)).toBe(want);
  });
});

describe('dictionaries', () => {
  const areas = Object.keys(dictionaries['zh-CN']) as (keyof (typeof dictionaries)['en'])[];

  test('both locales have the same areas and entries', () => {
    const shape = (locale: (typeof locales)[number]) =>
      areas.map((area) => [area, Object.keys(dictionaries[locale][area]).toSorted()]);
    expect(shape('en')).toEqual(shape('zh-CN'));
  });

  test('both locales name the same facts in each text', () => {
    const names = (text: string) =>
      [...text.matchAll(/\{([^{}|]+)(?:\|[^{}]*)?\}/gu)].map((match) => match[1]);
    const differing = areas.flatMap((area) =>
      Object.keys(dictionaries['zh-CN'][area]).flatMap((entry) => {
        const chinese = findText(dictionaries['zh-CN'], area, entry) ?? '';
        const english = findText(dictionaries.en, area, entry) ?? '';
        const listed = (text: string) =>
          [...new Set(names(text).map(String))].toSorted((a, b) => a.localeCompare(b)).join(' ');
        return listed(chinese) === listed(english) ? [] : [`${area}.${entry}`];
      }),
    );
    expect(differing).toEqual([]);
  });

  test.each(locales)('%s leaves no text empty', (locale) => {
    const empty = areas.flatMap((area) =>
      Object.entries(dictionaries[locale][area]).flatMap(([entry, text]) =>
        text.trim() === '' ? [`${area}.${entry}`] : [],
      ),
    );
    expect(empty).toEqual([]);
  });

  test('no exclamation mark is raised at anybody', () => {
    const loud = locales.flatMap((locale) =>
      areas.flatMap((area) =>
        Object.entries(dictionaries[locale][area]).flatMap(([entry, text]) =>
          /[!！]/u.test(text) ? [`${locale} ${area}.${entry}`] : [],
        ),
      ),
    );
    expect(loud).toEqual([]);
  });

  test('a value of either script stands in a Chinese sentence as it should', () => {
    const left = (scope: string, resource: string) =>
      fillTemplate('{scope}{resource}可用 {free}，按 {free} 的倍数', {
        scope,
        resource,
        free: '8 核',
      });
    expect(left('深圳', '内存')).toBe('深圳内存可用 8 核，按 8 核的倍数');
    expect(left('深圳 x86', 'CPU')).toBe('深圳 x86 CPU 可用 8 核，按 8 核的倍数');
    expect(fillTemplate('{number} {kind}', { number: '7 号', kind: '新建' })).toBe('7 号 新建');
    expect(fillTemplate('{scope} has {free} left', { scope: '深圳', free: '8 GiB' })).toBe(
      '深圳 has 8 GiB left',
    );
  });

  test('speaks the language that was asked for', () => {
    expect(translate('zh-CN', 'shell.total', { count: 3 })).toBe('共 3 条');
    expect(translate('en', 'shell.total', { count: 1 })).toBe('1 item');
  });
});
