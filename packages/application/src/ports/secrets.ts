/** Passwords and random secrets; implemented in apps/server/src/crypto. Nothing here ever reaches a log or an audit entry (law S3). */
export interface Secrets {
  hashPassword(password: string): Promise<string>;
  /** Takes as long for `null` (nobody of that name) as for a real hash, so that time tells nothing. */
  verifyPassword(password: string, hash: string | null): Promise<boolean>;
  /** 256 random bits as text that is safe in a cookie and in a header. */
  newSecret(): string;
  /** A one-time password that a person can read from paper. */
  newPassword(): string;
  /** What is stored of a secret: secrets are random, so one fast digest is enough. */
  fingerprint(secret: string): string;
}

/** Signs audit heads with SM2; the private key never leaves the adapter. */
export interface Signer {
  readonly keyId: string;
  sign(text: string): string;
  verify(text: string, signature: string): boolean;
}
