import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesUnder, findLines, read, sourceFiles, workspaceFolders } from './repository.ts';

// This file has to name what it forbids.
const files = sourceFiles().filter(({ path }) => !path.endsWith('architecture/src/words.test.ts'));
const declared = String.raw`\b(const|let|function|class|interface|type) \w*`;
// Kubernetes has controller managers and field managers; nobody else has any.
const suffix = '((?<!controller|field)Manager|Helpers?|Utils?|Info)';

describe('names', () => {
  test('no file is named after nothing in particular', () => {
    const vague = /^(data|info|manager|helpers?|utils?)\.tsx?$/;
    expect(files.filter(({ path }) => vague.test(basename(path))).map(({ path }) => path)).toEqual(
      [],
    );
  });

  test('nothing is called a manager, helper, util or info', () => {
    expect(findLines(files, new RegExp(String.raw`${declared}${suffix}\b`))).toEqual([]);
  });

  test('no variable is called data or info', () => {
    expect(findLines(files, /\b(const|let) (data|info)\b/)).toEqual([]);
  });

  test('what is kept while a request runs is a hold, never a reservation', () => {
    const names = new RegExp(String.raw`${declared}[Rr]eservation\w*`);
    expect(findLines(files, names)).toEqual([]);
  });

  test('every file name is kebab-case', () => {
    const odd = files.filter(({ path }) => !/^\.?[a-z0-9.-]+$/.test(basename(path)));
    expect(odd.map(({ path }) => path)).toEqual([]);
  });
});

describe('what is left in the sources', () => {
  test('no note to do later', () => {
    expect(findLines(files, /\b(TODO|FIXME|XXX|HACK)\b/)).toEqual([]);
  });

  test('no place of one machine and no registry host', () => {
    const written = workspaceFolders
      .flatMap(filesUnder)
      .filter((path) => /\.(md|json|yaml|yml|html|css|go|sh)$/.test(path))
      .map((path) => ({ path, text: read(path) }));
    const places = /\/work\/|\/root\/|\.npmjs\.org|proxy\.golang\.org|deb\.debian\.org/;
    expect(findLines([...files, ...written], places)).toEqual([]);
  });

  test('no report to the console from a package', () => {
    const packages = files.filter(({ path }) => /^packages\/(?!architecture)/.test(path));
    expect(findLines(packages, /\bconsole\.(log|info|debug)\(/)).toEqual([]);
  });
});
