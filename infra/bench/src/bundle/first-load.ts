import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** What Vite says of one module in `.vite/manifest.json`; only what is read here. */
interface ManifestChunk {
  readonly file: string;
  readonly imports?: readonly string[];
}
export type Manifest = Readonly<Record<string, ManifestChunk>>;

export interface PageLoad {
  readonly page: string;
  readonly files: readonly string[];
  readonly gzipBytes: number;
}

/** Pages on which somebody arrives: without a session, and with one. */
const firstPages = ['src/pages/login/login-page.tsx', 'src/pages/home/home-page.tsx'];
/** One dictionary is loaded, the reader's. */
const dictionaries = ['zh-cn.ts', 'en.ts'];

/** Everything that a browser has to fetch before a first page stands, in each language. */
export function firstLoads(dist: string): PageLoad[] {
  // Written by the build that ran just before.
  const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Manifest;
  const plain = plainScripts(readFileSync(join(dist, 'index.html'), 'utf8'));
  return firstPages.flatMap((page) =>
    dictionaries.map((dictionary) => {
      const roots = ['index.html', page, keyEndingWith(manifest, `/messages/src/${dictionary}`)];
      const files = [...new Set([...plain, ...closure(manifest, roots)])];
      return {
        page: `${page.replace(/.*\/|\.tsx/g, '')} (${dictionary.replace('.ts', '')})`,
        files,
        gzipBytes: files.reduce((sum, file) => sum + gzipBytes(join(dist, file)), 0),
      };
    }),
  );
}

/** Files of the named modules and of everything that they import statically. */
export function closure(manifest: Manifest, roots: readonly string[]): string[] {
  const seen = new Set<string>();
  const visit = (key: string): void => {
    const chunk = manifest[key];
    if (chunk === undefined) throw new Error(`the console's build has no ${key}`);
    if (seen.has(key)) return;
    seen.add(key);
    chunk.imports?.forEach(visit);
  };
  roots.forEach(visit);
  return [...seen].flatMap((key) => manifest[key]?.file ?? []);
}

/** Scripts of the page that are no modules, and so not in the manifest. */
export const plainScripts = (html: string): string[] =>
  [...html.matchAll(/<script src="\/([^"]+)"/g)].map(([, file]) => file ?? '');

function keyEndingWith(manifest: Manifest, end: string): string {
  const key = Object.keys(manifest).find((name) => name.endsWith(end));
  if (key === undefined) throw new Error(`the console's build has no ${end}`);
  return key;
}

const gzipBytes = (path: string): number => gzipSync(readFileSync(path), { level: 9 }).length;
