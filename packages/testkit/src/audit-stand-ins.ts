import type { HeadLog, SignedHead } from '@yunheng/application/ports/head-log';
import type { Signer } from '@yunheng/application/ports/secrets';
import { sm3Hex } from '@yunheng/db/sm3';

/** Signs so that a changed text shows; whoever knows this line can sign too, which no test needs to prevent. */
export const testSigner: Signer = {
  keyId: 'test-key',
  sign: (text) => sm3Hex(`test-key ${text}`),
  verify: (text, signature) => signature === sm3Hex(`test-key ${text}`),
};

export interface MemoryHeadLog extends HeadLog {
  readonly heads: SignedHead[];
}

export function memoryHeadLog(): MemoryHeadLog {
  const heads: SignedHead[] = [];
  return {
    heads,
    last: async () => heads.at(-1) ?? null,
    read: async () => [...heads],
    append: async (more) => {
      heads.push(...more);
    },
  };
}
