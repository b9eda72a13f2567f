import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findLines, packageFolders, read, root, sourceFiles } from './repository.ts';

interface Manifest {
  readonly name: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Project {
  readonly references?: readonly { readonly path: string }[];
}

// Both files are ours and checked below; JSON has no types of its own.
const manifestOf = (folder: string): Manifest =>
  JSON.parse(read(`${folder}/package.json`)) as Manifest;
const projectOf = (folder: string): Project =>
  JSON.parse(read(`${folder}/tsconfig.json`)) as Project;

const folders = packageFolders();
const folderOf = new Map(folders.map((folder) => [manifestOf(folder).name, folder]));

describe('every package', () => {
  test.each(folders)('%s has a README that is its law or its map', (folder) => {
    expect(existsSync(join(root, folder, 'README.md'))).toBe(true);
  });

  test.each(folders)(
    '%s takes versions from the catalog and siblings from the workspace',
    (folder) => {
      const { dependencies, devDependencies } = manifestOf(folder);
      const versions = Object.entries({ ...dependencies, ...devDependencies }).filter(
        ([name, version]) =>
          version !== (name.startsWith('@yunheng/') ? 'workspace:*' : 'catalog:'),
      );
      expect(versions).toEqual([]);
    },
  );

  test.each(folders)('%s references exactly the packages that it depends on', (folder) => {
    const siblings = Object.keys(manifestOf(folder).dependencies ?? {})
      .map((name) => folderOf.get(name))
      .filter((path) => path !== undefined);
    // Types of rpc reach the console as a development dependency: they leave nothing in the bundle.
    const expected = folder === 'apps/console' ? [...siblings, 'packages/rpc'] : siblings;
    const references = (projectOf(folder).references ?? []).map(({ path }) => join(folder, path));
    expect(references.toSorted()).toEqual(expected.toSorted());
  });

  test('stays inside its own folder: siblings are reached by their exports', () => {
    const imports = findLines(sourceFiles(), /\bfrom '\.\.\//);
    const escaping = imports.filter(({ path, text }) => {
      const target = /from '([^']+)'/.exec(text)?.[1] ?? '';
      const home = path.split('/').slice(0, 2).join('/');
      return !join(path, '..', target).startsWith(home);
    });
    expect(escaping).toEqual([]);
  });

  test('of domain that is a context has a README that is its law', () => {
    const contexts = new Set(
      sourceFiles()
        .map(({ path }) => /^packages\/domain\/src\/([^/]+)\//.exec(path)?.[1])
        .filter((context) => context !== undefined),
    );
    const lawless = [...contexts].filter(
      (context) => !existsSync(join(root, 'packages/domain/src', context, 'README.md')),
    );
    expect(lawless).toEqual([]);
  });
});
