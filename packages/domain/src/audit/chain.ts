import type { Instant } from '@yunheng/kernel/clock';

/** SM3 in production, hex out. A parameter, so that the rule needs no cryptography and a browser can walk too. */
export type HashText = (text: string) => string;

/** What the first entry is chained to. */
export const genesis: string = '0'.repeat(64);

/** The link of one entry: its place, all that came before, and what it says (law S2). */
export const chainHash = (
  hash: HashText,
  link: { readonly seq: number; readonly previous: string; readonly contentHash: string },
): string => hash(`${link.seq}\n${link.previous}\n${link.contentHash}`);

/** A sealed entry as a walk reads it. `content` is the canonical text of what the row says now. */
export interface SealedEntry {
  readonly id: string;
  readonly seq: number;
  readonly contentHash: string;
  readonly chainHash: string;
  readonly content: string;
}

/** A signed head that is kept outside the database as well. */
export interface ChainHead {
  readonly seq: number;
  readonly chainHash: string;
}

export type ChainFault =
  | 'edited' // the row says something else than its content hash
  | 'removed' // a number is missing
  | 'reordered' // numbers do not rise one by one
  | 'relinked' // the link does not follow from the one before
  | 'truncated' // a signed head names an entry that is not there
  | 'rewritten'; // a signed head names another link for this number

export interface ChainFinding {
  readonly seq: number;
  readonly id: string | null;
  readonly fault: ChainFault;
}

/** Where a walk stands. Plain values: it can stop, be stored and go on, so that a million entries need no array. */
export interface ChainWalk {
  readonly seq: number;
  readonly link: string;
  readonly entries: number;
  readonly finding: ChainFinding | null;
}

export const startWalk = (from: ChainHead = { seq: 0, chainHash: genesis }): ChainWalk => ({
  seq: from.seq,
  link: from.chainHash,
  entries: 0,
  finding: null,
});

/** One entry further. The first finding stays: what follows a break proves nothing by itself. */
export function walkEntry(walk: ChainWalk, entry: SealedEntry, hash: HashText): ChainWalk {
  if (walk.finding !== null) return { ...walk, entries: walk.entries + 1 };
  const fault = faultOf(walk, entry, hash);
  const finding = fault === null ? null : { seq: entry.seq, id: entry.id, fault };
  return { seq: entry.seq, link: entry.chainHash, entries: walk.entries + 1, finding };
}

function faultOf(walk: ChainWalk, entry: SealedEntry, hash: HashText): ChainFault | null {
  if (entry.seq > walk.seq + 1) return 'removed';
  if (entry.seq <= walk.seq) return 'reordered';
  if (hash(entry.content) !== entry.contentHash) return 'edited';
  const link = chainHash(hash, {
    seq: entry.seq,
    previous: walk.link,
    contentHash: entry.contentHash,
  });
  return link === entry.chainHash ? null : 'relinked';
}

/** Compares the heads that were signed with the chain as it stands; `linkAt` answers null for a number that is gone. */
export function checkHeads(
  heads: readonly ChainHead[],
  linkAt: (seq: number) => string | null,
): ChainFinding | null {
  for (const head of heads.toSorted((left, right) => left.seq - right.seq)) {
    const link = linkAt(head.seq);
    if (link === null) return { seq: head.seq, id: null, fault: 'truncated' };
    if (link !== head.chainHash) return { seq: head.seq, id: null, fault: 'rewritten' };
  }
  return null;
}

/** An entry that the sealer has not taken after this long is a finding (law S2). */
export const unsealedLimitMs = 2_000;

export const isOverdueUnsealed = (recordedAt: Instant, now: Instant): boolean =>
  now - recordedAt > unsealedLimitMs;

/** Seals entries in the order of (recordedAt, id) onto a head. What was sealed keeps its number for ever. */
export function seal(
  head: ChainHead,
  entries: readonly {
    readonly id: string;
    readonly recordedAt: Instant;
    readonly contentHash: string;
  }[],
  hash: HashText,
): readonly { readonly id: string; readonly seq: number; readonly chainHash: string }[] {
  const inOrder = entries.toSorted(
    (left, right) => left.recordedAt - right.recordedAt || (left.id < right.id ? -1 : 1),
  );
  let previous = head.chainHash;
  return inOrder.map(({ id, contentHash }, index) => {
    const seq = head.seq + 1 + index;
    previous = chainHash(hash, { seq, previous, contentHash });
    return { id, seq, chainHash: previous };
  });
}
