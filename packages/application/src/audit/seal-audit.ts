import { headsAfter, lastHead, lastSealed, unsealedEntries } from '@yunheng/db/queries/audit';
import { sm3Hex } from '@yunheng/db/sm3';
import type { Row } from '@yunheng/db/store';
import { genesis, seal, type ChainHead } from '@yunheng/domain/audit/chain';
import { headText, type SealingDeps } from './sealing.ts';

export interface Sealed {
  readonly entries: number;
}

const batch = 5_000;

/**
 * Numbers what has no number yet, chains it, signs the new head and appends it outside the database. Called every
 * second or sooner, and before a process starts to serve. One at a time: the store refuses a second sealer.
 */
export async function sealAudit(deps: SealingDeps): Promise<Sealed> {
  const { store, headLog } = deps;
  await appendMissed(deps);
  let sealed = 0;
  for (;;) {
    const entries = await unsealedEntries(store, batch);
    const links = seal(await end(deps), entries, sm3Hex);
    const last = links.at(-1);
    if (last === undefined) return { entries: sealed };
    const head = signed(deps, last);
    if (!(await store.seal({ entries: links, head }))) return { entries: sealed };
    await headLog.append([head]);
    sealed += links.length;
  }
}

/** A process that ended between the two writes left the log one head behind. */
async function appendMissed({ store, headLog }: SealingDeps): Promise<void> {
  const logged = await headLog.last();
  const missed = await headsAfter(store, logged?.seq ?? 0);
  if (missed.length > 0) await headLog.append(missed);
}

/** What was signed counts even where its entries are gone: the gap must stay visible. */
async function end({ store }: SealingDeps): Promise<ChainHead> {
  const [entry, head] = await Promise.all([lastSealed(store), lastHead(store)]);
  if (entry === null && head === null) return { seq: 0, chainHash: genesis };
  if (head !== null && head.seq >= (entry?.seq ?? 0)) return head;
  return entry ?? { seq: 0, chainHash: genesis };
}

function signed(deps: SealingDeps, link: ChainHead): Row<'auditHeads'> {
  const { seq, chainHash } = link;
  const head = { seq, chainHash, signedAt: deps.clock.real(), keyId: deps.signer.keyId };
  return { ...head, signature: deps.signer.sign(headText(head)) };
}
