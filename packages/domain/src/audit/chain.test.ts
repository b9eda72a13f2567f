import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  chainHash,
  checkHeads,
  genesis,
  isOverdueUnsealed,
  seal,
  startWalk,
  unsealedLimitMs,
  walkEntry,
  type ChainHead,
  type SealedEntry,
} from './chain.ts';

/** Any collision-free hash will do for the rule; production passes SM3. */
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const start: ChainHead = { seq: 0, chainHash: genesis };

interface Written {
  readonly id: string;
  readonly recordedAt: number;
  readonly content: string;
  readonly contentHash: string;
}
const written = (contents: readonly string[]): Written[] =>
  contents.map((content, index) => ({
    id: `aud_${String(index).padStart(4, '0')}`,
    recordedAt: 1_000 + index,
    content,
    contentHash: hash(content),
  }));

function sealed(contents: readonly string[]): SealedEntry[] {
  const entries = written(contents);
  const contentOf = new Map(entries.map((entry) => [entry.id, entry]));
  return seal(start, entries, hash).map(({ id, seq, chainHash: link }) => {
    const entry = contentOf.get(id);
    return {
      id,
      seq,
      chainHash: link,
      content: entry?.content ?? '',
      contentHash: entry?.contentHash ?? '',
    };
  });
}
const walk = (entries: readonly SealedEntry[], from = startWalk()) =>
  entries.reduce((at, entry) => walkEntry(at, entry, hash), from);
const findingOf = (entries: readonly SealedEntry[]) => walk(entries).finding;

const five = sealed(['甲', '乙', '丙', '丁', '戊']);
const replaced = (at: number, change: Partial<SealedEntry>) =>
  five.map((entry, index) => (index === at ? { ...entry, ...change } : entry));

describe('a walk over the chain (law S2)', () => {
  test('finds nothing in what was sealed, and says how many it looked at', () => {
    expect(walk(five)).toMatchObject({ seq: 5, entries: 5, finding: null });
  });

  test('an empty chain is whole', () => {
    expect(walk([])).toEqual({ seq: 0, link: genesis, entries: 0, finding: null });
  });

  test.each([
    [
      'an edited entry',
      replaced(2, { content: '丙改' }),
      { seq: 3, id: 'aud_0002', fault: 'edited' },
    ],
    [
      'an entry edited together with its content hash',
      replaced(2, { content: '丙改', contentHash: hash('丙改') }),
      { seq: 3, id: 'aud_0002', fault: 'relinked' },
    ],
    ['a removed entry', five.toSpliced(2, 1), { seq: 4, id: 'aud_0003', fault: 'removed' }],
    ['a removed first entry', five.slice(1), { seq: 2, id: 'aud_0001', fault: 'removed' }],
    [
      'two entries that changed places',
      [five[0], five[2], five[1], five[3], five[4]].flatMap((entry) => entry ?? []),
      { seq: 3, id: 'aud_0002', fault: 'removed' },
    ],
    [
      'two entries that changed places and numbers',
      replaced(1, { content: '丙', contentHash: hash('丙') }),
      { seq: 2, id: 'aud_0001', fault: 'relinked' },
    ],
    [
      'an entry told twice',
      five.toSpliced(2, 0, ...five.slice(1, 2)),
      { seq: 2, id: 'aud_0001', fault: 'reordered' },
    ],
    [
      'a link of somebody else’s making',
      replaced(4, { chainHash: hash('x') }),
      { seq: 5, id: 'aud_0004', fault: 'relinked' },
    ],
  ])('shows %s', (_name, entries, want) => {
    expect(findingOf(entries)).toEqual(want);
  });

  test('names the first break and goes on counting', () => {
    const broken = replaced(1, { content: 'x' });
    expect(walk(broken)).toMatchObject({ entries: 5, finding: { seq: 2, fault: 'edited' } });
  });

  test('a removal that renumbers and links everything after it anew is shown by the heads alone', () => {
    const forged = sealed(['甲', '乙', '丁', '戊']);
    expect(findingOf(forged)).toBeNull();
    const heads = [{ seq: 5, chainHash: five.at(-1)?.chainHash ?? '' }];
    expect(checkHeads(heads, linkIn(forged))).toEqual({ seq: 5, id: null, fault: 'truncated' });
  });
});

const linkIn = (entries: readonly SealedEntry[]) => (seq: number) =>
  entries.find((entry) => entry.seq === seq)?.chainHash ?? null;
const headsOf = (entries: readonly SealedEntry[]): ChainHead[] =>
  entries.map(({ seq, chainHash: link }) => ({ seq, chainHash: link }));

describe('checkHeads', () => {
  test('agrees with the chain that it was signed for', () => {
    expect(checkHeads(headsOf(five), linkIn(five))).toBeNull();
  });

  test('shows truncation, however clean the rest is', () => {
    expect(checkHeads(headsOf(five), linkIn(five.slice(0, 3)))).toEqual({
      seq: 4,
      id: null,
      fault: 'truncated',
    });
  });

  test('shows a past that was written anew', () => {
    expect(checkHeads(headsOf(five), linkIn(sealed(['甲', '乙', '改', '丁', '戊'])))).toEqual({
      seq: 3,
      id: null,
      fault: 'rewritten',
    });
  });

  test('names the earliest, in whatever order the heads were kept', () => {
    const found = checkHeads(headsOf(five).toReversed(), linkIn(five.slice(0, 2)));
    expect(found?.seq).toBe(3);
  });

  test('without heads nothing is claimed', () => {
    expect(checkHeads([], linkIn(five))).toBeNull();
  });
});

describe('seal', () => {
  test('numbers by time and id, not by the order of arrival', () => {
    const entries = written(['甲', '乙', '丙']);
    expect(seal(start, entries.toReversed(), hash)).toEqual(seal(start, entries, hash));
  });

  test('an earlier entry comes first, whatever its id', () => {
    const times = [30, 10, 20];
    const entries = written(['甲', '乙', '丙']).map((entry, index) => ({
      ...entry,
      recordedAt: times[index] ?? 0,
    }));
    expect(seal(start, entries, hash).map(({ id }) => id)).toEqual([
      'aud_0001',
      'aud_0002',
      'aud_0000',
    ]);
  });

  test('entries of one millisecond are ordered by id', () => {
    const same = written(['甲', '乙', '丙']).map((entry) => ({ ...entry, recordedAt: 7 }));
    expect(seal(start, same.toReversed(), hash).map(({ id }) => id)).toEqual([
      'aud_0000',
      'aud_0001',
      'aud_0002',
    ]);
  });

  test('goes on from a head, and a walk may start there as well', () => {
    const head = { seq: 3, chainHash: five[2]?.chainHash ?? '' };
    expect(walk(five.slice(3), startWalk(head))).toMatchObject({ seq: 5, finding: null });
  });

  test('nothing to seal leaves the head as it is', () => {
    expect(seal({ seq: 9, chainHash: 'x' }, [], hash)).toEqual([]);
  });

  test('place, past and content each change the link', () => {
    const link = { seq: 1, previous: genesis, contentHash: hash('甲') };
    const links = [
      link,
      { ...link, seq: 2 },
      { ...link, previous: hash('x') },
      { ...link, contentHash: hash('乙') },
    ];
    expect(new Set(links.map((one) => chainHash(hash, one))).size).toBe(4);
  });
});

describe('any chain', () => {
  const contents = fc.array(fc.string(), { minLength: 1, maxLength: 30 });

  test('is whole as it was sealed, in one batch or in many', () => {
    fc.assert(
      fc.property(contents, fc.nat(30), (drawn, cut) => {
        const entries = written(drawn);
        const whole = seal(start, entries, hash);
        const first = seal(start, entries.slice(0, cut), hash);
        const last = first.at(-1);
        const rest = seal(last ?? start, entries.slice(cut), hash);
        expect([...first, ...rest]).toEqual(whole);
        expect(findingOf(sealed(drawn))).toBeNull();
      }),
    );
  });

  test('one changed entry is always found, at its own number', () => {
    fc.assert(
      fc.property(contents, fc.nat(), fc.string(), (drawn, pick, text) => {
        const entries = sealed(drawn);
        const at = pick % entries.length;
        fc.pre(entries[at]?.content !== text);
        const bent = entries.map((entry, index) =>
          index === at ? { ...entry, content: text } : entry,
        );
        expect(findingOf(bent)).toMatchObject({ seq: at + 1, fault: 'edited' });
      }),
    );
  });

  test('one missing entry is always found, by the chain or by its head', () => {
    fc.assert(
      fc.property(contents, fc.nat(), (drawn, pick) => {
        const entries = sealed(drawn);
        const at = pick % entries.length;
        const left = entries.toSpliced(at, 1);
        const found = findingOf(left) ?? checkHeads(headsOf(entries).slice(-1), linkIn(left));
        expect(found).not.toBeNull();
      }),
    );
  });

  test('two entries with their content exchanged are always found', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 20 }),
        fc.nat(),
        (drawn, pick) => {
          const entries = sealed(drawn);
          const at = pick % (entries.length - 1);
          const [one, other] = [entries[at], entries[at + 1]];
          if (one === undefined || other === undefined) return;
          const swapped = entries.with(at, {
            ...one,
            content: other.content,
            contentHash: other.contentHash,
          });
          expect(findingOf(swapped)).toMatchObject({ seq: at + 1, fault: 'relinked' });
        },
      ),
    );
  });
});

describe('isOverdueUnsealed', () => {
  test.each([
    ['just written', 0, false],
    ['two seconds old', unsealedLimitMs, false],
    ['older', unsealedLimitMs + 1, true],
  ])('%s', (_name, age, want) => {
    expect(isOverdueUnsealed(10_000, 10_000 + age)).toBe(want);
  });
});
