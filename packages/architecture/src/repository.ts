import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

const skipped = new Set(['node_modules', 'dist', '.git', '.turbo', 'coverage', '__screenshots__']);

export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** Walks the tree itself: a checkout may come without git, and new files count before they are added. */
export function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return skipped.has(entry.name) || entry.name.startsWith('.yunheng') ? [] : filesUnder(path);
    }
    return entry.isFile() ? [relative('.', path)] : [];
  });
}

export const workspaceFolders = ['apps', 'packages', 'infra', 'fixtures'];

const isCode = (path: string): boolean => /\.(ts|tsx|mjs|cjs)$/.test(path);

/** Handwritten code of every workspace; generated migrations are not code. */
export function sourceFiles(): SourceFile[] {
  return workspaceFolders
    .flatMap(filesUnder)
    .filter((path) => isCode(path) && !path.startsWith('packages/db/migrations/'))
    .map((path) => ({ path, text: read(path) }));
}

export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

export const isTest = ({ path }: SourceFile): boolean => /\.test\.tsx?$/.test(path);

/** Workspace folders that hold a package.json, such as `packages/kernel`. */
export function packageFolders(): string[] {
  return workspaceFolders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => `${folder}/${entry.name}`),
    )
    .filter((folder) => readdirSync(join(root, folder)).includes('package.json'));
}

export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** Lines that match, as a test shows them: where, and what stands there. */
export function findLines(files: readonly SourceFile[], pattern: RegExp): Finding[] {
  return files.flatMap(({ path, text }) =>
    text
      .split('\n')
      .map((line, index) => ({ path, line: index + 1, text: line.trim() }))
      .filter((finding) => pattern.test(finding.text)),
  );
}
