import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sm2 } from 'sm-crypto-v2';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openSigner } from './signer.ts';

function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'yunheng-signer-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

describe('the SM2 key of the audit', () => {
  test('is made once, for the owner of the home alone', () => {
    const home = newHome();
    const first = openSigner(home);
    const second = openSigner(home);
    expect(second.keyId).toBe(first.keyId);
    const path = join(home, 'keys', 'audit-sm2.json');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, 'keys')).mode & 0o777).toBe(0o700);
  });

  test('signs so that the same key verifies, and nothing else does', () => {
    const signer = openSigner(newHome());
    const other = openSigner(newHome());
    const signature = signer.sign('42\nhead');
    expect(signer.verify('42\nhead', signature)).toBe(true);
    expect(signer.verify('43\nhead', signature)).toBe(false);
    expect(other.verify('42\nhead', signature)).toBe(false);
    expect(signer.verify('42\nhead', 'not a signature')).toBe(false);
    expect(signer.verify('42\nhead', '')).toBe(false);
  });

  test('makes standard SM2 signatures over SM3 with the default identity', () => {
    const home = newHome();
    const signature = openSigner(home).sign('text');
    const { publicKey } = JSON.parse(readFileSync(join(home, 'keys', 'audit-sm2.json'), 'utf8'));
    const options = { hash: true, userId: '1234567812345678' };
    expect(sm2.doVerifySignature('text', signature, publicKey, options)).toBe(true);
  });
});
