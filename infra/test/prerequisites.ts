import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findChromium } from '@yunheng/testkit/chromium';

interface Prerequisite {
  readonly name: string;
  readonly debianPackage: string;
  readonly present: () => boolean;
}

const prerequisites: readonly Prerequisite[] = [
  {
    name: 'Chromium',
    debianPackage: 'chromium',
    present: () => findChromium() !== undefined,
  },
  {
    // Without a Chinese font every label is a box, and pictures and layout checks mean nothing.
    name: 'a Chinese font',
    debianPackage: 'fonts-noto-cjk',
    present: () =>
      /\S/.test(spawnSync('fc-list', [':lang=zh-cn'], { encoding: 'utf8' }).stdout ?? ''),
  },
  {
    name: 'Redis or Valkey',
    debianPackage: 'redis-server',
    present: () => onPath('valkey-server') || onPath('redis-server'),
  },
];

/**
 * Installs what the tests need from the machine when it may (Debian, root), and otherwise says in
 * one line what to install.
 *
 * @returns the names of what is still missing
 */
export function ensurePrerequisites(): string[] {
  let missing = prerequisites.filter((it) => !it.present());
  if (missing.length === 0) return [];
  const packages = missing.map((it) => it.debianPackage);
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    console.log(`· installing ${packages.join(', ')} …`);
    aptGet(['update']);
    aptGet(['install', '-y', '--no-install-recommends', ...packages, 'fontconfig']);
    missing = prerequisites.filter((it) => !it.present());
  }
  if (missing.length > 0) {
    const names = missing.map((it) => it.name).join(', ');
    const wanted = missing.map((it) => it.debianPackage).join(' ');
    console.log(`✗ missing: ${names}. Install with: apt-get install ${wanted}`);
  }
  return missing.map((it) => it.name);
}

function aptGet(args: string[]): void {
  const options = ['-qq', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Dpkg::Use-Pty=0'];
  spawnSync('apt-get', [...options, ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    // Run level 1: a package must not start its service, the tests start their own.
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  });
}

function onPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false; // not in this folder
    }
  });
}
