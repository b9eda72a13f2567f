/** What one law's sweep found. `ok: null`: its facts could not be read, or a test shows it (design 4). */
export interface LawResult {
  readonly id: string;
  readonly ok: boolean | null;
  readonly checked: number;
  readonly findings: string[];
  readonly shownBy: string | null;
  readonly reason: string | null;
}

/** One look at the facts of a law. `unread` names what did not answer: the law is then not shown. */
export interface Looked {
  readonly checked: number;
  readonly findings: readonly string[];
  readonly unread?: readonly string[];
}

export interface LawSweep {
  readonly id: string;
  readonly look: () => Promise<Looked>;
}

const mostFindings = 50;

/**
 * Looks, and looks again where something was found: readings of a living system are not one instant, and what was
 * only on its way is gone at the second look. A breach stays.
 */
export async function sweepLaw({ id, look }: LawSweep): Promise<LawResult> {
  const first = await look();
  if (first.findings.length === 0) return lawResult(id, first);
  const second = await look();
  const before = new Set(first.findings);
  const findings = second.findings.filter((finding) => before.has(finding));
  return lawResult(id, { ...second, findings });
}

export function lawResult(id: string, { checked, findings, unread = [] }: Looked): LawResult {
  const broken = findings.length > 0;
  return {
    id,
    ok: broken ? false : unread.length > 0 ? null : true,
    checked,
    findings: findings.slice(0, mostFindings),
    shownBy: null,
    reason: unread.length > 0 ? `not read: ${unread.join(', ')}` : null,
  };
}
