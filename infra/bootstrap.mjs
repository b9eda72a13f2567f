/**
 * Runs one command with the product's own toolchain, from a bare machine with Node 20 and npm:
 *
 *   node infra/bootstrap.mjs [--console] COMMAND [ARGUMENT…]
 *
 * It installs the workspace when the lock file has changed, puts `node_modules/.bin` first on PATH
 * (Node 24, pnpm, turbo and the rest are packages there), and passes signals and exit code on.
 * `--console` builds the console first; unchanged sources come from turbo's cache.
 * Plain JavaScript of Node 20: this is the only file that the machine's own Node may run.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');
const bin = join(modules, '.bin');
const stampFile = join(modules, '.yunheng-stamp');
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const env = {
  ...process.env,
  // A command is looked up in this PATH, so `node` is the pinned one from here on.
  PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
};

/** What decides the content of node_modules; another Node on the machine changes nothing in it. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json']) {
    hash.update(readFileSync(join(root, file)));
  }
  return hash.update(`${process.platform} ${process.arch}`).digest('hex');
}

function stamped() {
  return existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
}

/** @returns {Promise<number>} the exit code, 128 + n when signal n ended the command */
function run(command, args, options) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    const forward = (signal) => {
      // A terminal sends Ctrl-C to the whole group: the child has it already, and a second one
      // would read as "stop at once".
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of signals) process.on(signal, forward);
    child.on('error', (error) => {
      console.error(`cannot start ${command}: ${error.message}`);
      resolve(127);
    });
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, forward);
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

/**
 * Reports to stderr: stdout belongs to the command, whose `--json` must stay one object. A quiet
 * step shows what it printed only when it failed.
 */
async function step(title, [command, ...args], { quiet = false } = {}) {
  const started = performance.now();
  console.error(`· ${title} …`);
  const log = join(modules, '.yunheng-step.log');
  const out = quiet ? openSync(log, 'w') : 2;
  const code = await run(command, args, { cwd: root, env, stdio: ['ignore', out, out] });
  if (quiet) closeSync(out);
  if (quiet && code !== 0) console.error(readFileSync(log, 'utf8'));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.error(code === 0 ? `· done in ${seconds} s` : `· failed: the lines above say why`);
  return code;
}

async function install() {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  rmSync(stampFile, { force: true });
  const pnpm = ['npx', '-y', packageManager, 'install', '--frozen-lockfile', '--prefer-offline'];
  const code = await step(`installing packages with ${packageManager}`, [
    ...pnpm,
    '--reporter=append-only',
  ]);
  if (code === 0) writeFileSync(stampFile, fingerprint());
  return code;
}

/** The pinned Node is a package for Linux; elsewhere the machine has to bring one that strips types. */
function nodeIsMissing() {
  if (existsSync(join(bin, 'node')) || Number(process.versions.node.split('.')[0]) >= 24)
    return false;
  console.error(
    `no Node 24 for ${process.platform} ${process.arch} in the packages: put one on PATH`,
  );
  return true;
}

async function main([...args]) {
  const withConsole = args[0] === '--console' && args.shift() !== undefined;
  const [command, ...rest] = args;
  if (command === undefined) {
    console.error('usage: node infra/bootstrap.mjs [--console] COMMAND [ARGUMENT…]');
    return 2;
  }
  if (stamped() !== fingerprint()) {
    const code = await install();
    if (code !== 0) return code;
  }
  if (nodeIsMissing()) return 1;
  if (withConsole) {
    const turbo = ['turbo', 'run', 'build', '--filter=@yunheng/console'];
    const code = await step('building the console', turbo, { quiet: true });
    if (code !== 0) return code;
  }
  return run(command, rest, { env });
}

process.exitCode = await main(process.argv.slice(2));
