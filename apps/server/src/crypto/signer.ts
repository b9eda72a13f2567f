import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Signer } from '@yunheng/application/ports/secrets';
import { sm2, sm3 } from 'sm-crypto-v2';

interface KeyFile {
  readonly privateKey: string;
  readonly publicKey: string;
}

/**
 * SM2 with SM3 (GB/T 32918): Node's own sign('sm3', …) on an SM2 key does not make such a signature.
 * The key is made at first start and stays in `keys/`, readable by the owner alone.
 */
export function openSigner(home: string): Signer {
  const folder = join(home, 'keys');
  const path = join(folder, 'audit-sm2.json');
  if (!existsSync(path)) makeKey(folder, path);
  const key = readKey(path);
  const options = { hash: true, publicKey: key.publicKey };
  return {
    keyId: sm3(key.publicKey).slice(0, 16),
    sign: (text) => sm2.doSignature(text, key.privateKey, options),
    verify: (text, signature) => verifies(text, signature, key.publicKey),
  };
}

function makeKey(folder: string, path: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const pair = sm2.generateKeyPairHex();
  const key: KeyFile = { privateKey: pair.privateKey, publicKey: pair.publicKey };
  // A file that is there is whole: it appears under its name only when it is written.
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(key)}\n`, { mode: 0o600, flush: true });
  renameSync(draft, path);
}

function readKey(path: string): KeyFile {
  const key: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!isKey(key)) throw new Error(`${path} is not a key file`);
  return key;
}

function isKey(value: unknown): value is KeyFile {
  if (typeof value !== 'object' || value === null) return false;
  if (!('privateKey' in value) || !('publicKey' in value)) return false;
  return typeof value.privateKey === 'string' && typeof value.publicKey === 'string';
}

function verifies(text: string, signature: string, publicKey: string): boolean {
  try {
    return sm2.doVerifySignature(text, signature, publicKey, { hash: true });
  } catch {
    // Something that is not a signature at all is a wrong signature.
    return false;
  }
}
