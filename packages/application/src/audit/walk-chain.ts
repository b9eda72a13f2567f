import { auditHeads, oldestUnsealed, sealedAfter, unsealedCounts } from '@yunheng/db/queries/audit';
import { sm3Hex } from '@yunheng/db/sm3';
import type { Row } from '@yunheng/db/store';
import {
  checkHeads,
  startWalk,
  unsealedLimitMs,
  walkEntry,
  type ChainWalk,
} from '@yunheng/domain/audit/chain';
import { canonicalEntry } from '@yunheng/domain/audit/entry';
import { headText, type SealingDeps } from './sealing.ts';

export interface ChainProof {
  readonly ok: boolean;
  readonly entries: number;
  readonly heads: number;
  readonly unsealed: number;
  readonly firstBad: {
    readonly seq: number | null;
    readonly id: string;
    readonly what: string;
  } | null;
}

type Bad = NonNullable<ChainProof['firstBad']>;
type Head = Row<'auditHeads'>;

const page = 2_000;

/**
 * Walks the whole chain: each entry against its own content, its place and its link, then the signed heads inside and
 * outside the database. A link carries everything before it, so the newest signature of each place covers all.
 */
export async function walkChain(deps: SealingDeps): Promise<ChainProof> {
  const { store } = deps;
  const [kept, logged] = await Promise.all([auditHeads(store), deps.headLog.read()]);
  const wanted = new Set([...kept, ...logged].map((head) => head.seq));
  const links = new Map<number, string>();
  let walk = startWalk();
  for (let after = 0; ;) {
    const entries = await sealedAfter(store, after, page);
    for (const entry of entries) {
      const { seq, chainHash } = entry;
      walk = walkEntry(walk, asSealed(entry), sm3Hex);
      if (seq !== null && chainHash !== null && wanted.has(seq)) links.set(seq, chainHash);
    }
    after = entries.at(-1)?.seq ?? after;
    if (entries.length < page) break;
  }
  const overdueBefore = deps.clock.business() - unsealedLimitMs;
  const { all, overdue } = await unsealedCounts(store, overdueBefore);
  const firstBad =
    brokenLink(walk) ??
    brokenHead([...kept, ...logged], links) ??
    badSignature(deps, kept.at(-1)) ??
    badSignature(deps, logged.at(-1)) ??
    (overdue > 0 ? await overdueEntry(deps) : null);
  const heads = wanted.size;
  return { ok: firstBad === null, entries: walk.entries, heads, unsealed: all, firstBad };
}

const asSealed = (entry: Row<'auditEntries'>) => ({
  id: entry.id,
  seq: entry.seq ?? 0,
  contentHash: entry.contentHash,
  chainHash: entry.chainHash ?? '',
  content: canonicalEntry(entry),
});

function brokenLink({ finding }: ChainWalk): Bad | null {
  if (finding === null) return null;
  return { seq: finding.seq, id: finding.id ?? headName(finding.seq), what: finding.fault };
}

function brokenHead(heads: readonly Head[], links: ReadonlyMap<number, string>): Bad | null {
  const finding = checkHeads(heads, (seq) => links.get(seq) ?? null);
  return finding === null
    ? null
    : { seq: finding.seq, id: headName(finding.seq), what: finding.fault };
}

function badSignature({ signer }: SealingDeps, head: Head | undefined): Bad | null {
  if (head === undefined) return null;
  const holds = head.keyId === signer.keyId && signer.verify(headText(head), head.signature);
  return holds ? null : { seq: head.seq, id: headName(head.seq), what: 'signature' };
}

async function overdueEntry({ store }: SealingDeps): Promise<Bad | null> {
  const entry = await oldestUnsealed(store);
  return entry === null ? null : { seq: null, id: entry.id, what: 'unsealed' };
}

/** A head is known by the number that it signs. */
const headName = (seq: number): string => `head:${seq}`;
