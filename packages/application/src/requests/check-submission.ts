import { allocationById } from '@yunheng/db/queries/requests';
import { wholeProvince } from '@yunheng/db/scope';
import { checkContent, type ContentFacts } from '@yunheng/domain/quota/check-content';
import { scopeOf } from '@yunheng/domain/identity/policy';
import type { LineContent, RequestContent } from '@yunheng/domain/quota/request';
import { domainError, type DomainError, type Issue } from '@yunheng/kernel/errors';
import { err, ok, type Result } from '@yunheng/kernel/result';
import type { Call, Deps } from '../deps.ts';
import { contentDigest } from './content-digest.ts';
import { loadContentFacts } from './content-facts.ts';
import { normalizeContent } from './normalize-content.ts';
import type { OpenContent } from './open-case.ts';
import { planHolds } from './plan-holds.ts';
import { holdCapError } from './refusal.ts';
import { releaseLines } from './release-lines.ts';
import { rulesInForce } from './rules-in-force.ts';
import type { Submission } from './submission-rows.ts';

/** Judges a content by every rule that needs no lock; what may be oversold is for the committer alone to say. */
export async function checkSubmission(
  deps: Deps,
  call: Call,
  of: OpenContent & { content: RequestContent; version: number | null },
): Promise<Result<Submission, DomainError>> {
  const { system, existing } = of;
  const content = normalizeContent(of.content);
  const at = deps.clock.business();
  const claimed =
    content.allocationId === null
      ? null
      : await allocationById(deps.store, wholeProvince, content.allocationId);
  const [facts, rules] = await Promise.all([
    loadContentFacts(deps.store, content, {
      requestId: existing?.id ?? null,
      reader: scopeOf(call.actor),
      at,
    }),
    rulesInForce(deps.store, at),
  ]);
  const issues = [...checkVersion(of), ...checkContent(content, facts)];
  if (issues.length > 0)
    return err(domainError('input.invalid', { count: issues.length }, { issues }));
  const lineContents = await writtenLines(deps, content, facts);
  const lines = planHolds({ ...content, lines: lineContents }, facts);
  const policy = rules.policy.body;
  const overCap = await holdCapError(deps, { departmentId: system.departmentId, lines, policy });
  if (overCap !== null) return err(overCap);
  return ok({
    system,
    existing,
    claimed,
    content,
    lineContents,
    lines,
    occupied: new Set(facts.occupants.keys()),
    ...rules,
    digest: contentDigest(content),
  });
}

/** What was never saved has no version that could have been read. */
export const checkVersion = (of: {
  existing: OpenContent['existing'];
  version: number | null;
}): readonly Issue[] =>
  of.existing === null && of.version !== null
    ? [{ path: 'version', code: 'input.not_applicable', params: {} }]
    : [];

/** The content's own lines; a release is written out as one per resource that goes back. */
export const writtenLines = async (
  deps: Deps,
  content: RequestContent,
  facts: ContentFacts,
): Promise<readonly LineContent[]> =>
  content.kind === 'release' && facts.allocation !== null
    ? releaseLines(deps, facts.allocation)
    : content.lines;
