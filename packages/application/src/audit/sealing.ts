import type { Row } from '@yunheng/db/store';
import type { Deps } from '../deps.ts';
import type { HeadLog } from '../ports/head-log.ts';
import type { Signer } from '../ports/secrets.ts';

export interface SealingDeps extends Deps {
  readonly signer: Signer;
  readonly headLog: HeadLog;
}

/** The text that a head's signature covers. */
export const headText = (
  head: Pick<Row<'auditHeads'>, 'seq' | 'chainHash' | 'signedAt' | 'keyId'>,
): string => `${head.seq}\n${head.chainHash}\n${head.signedAt}\n${head.keyId}`;
