import { describe, expect, test } from 'vitest';
import { closure, plainScripts } from './first-load.ts';

const manifest = {
  'index.html': { file: 'entry.js', imports: ['_shared'] },
  _shared: { file: 'shared.js', imports: ['_deep'] },
  _deep: { file: 'deep.js', imports: ['_shared'] },
  page: { file: 'page.js', imports: ['_deep'] },
  other: { file: 'other.js' },
};

describe('what a first page loads', () => {
  test('is each file once: its own, what it imports, and nothing that waits for another page', () => {
    expect(closure(manifest, ['index.html', 'page']).toSorted()).toEqual(
      ['deep.js', 'entry.js', 'page.js', 'shared.js'].toSorted(),
    );
  });

  test('names what the build has lost instead of counting too little', () => {
    expect(() => closure(manifest, ['gone'])).toThrow('has no gone');
  });

  test('counts scripts beside the modules', () => {
    const html =
      '<script src="/before-paint.js"></script><script type="module" crossorigin src="/assets/a.js"></script>';
    expect(plainScripts(html)).toEqual(['before-paint.js']);
  });
});
