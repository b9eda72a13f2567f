import { poolById, systemById } from '@yunheng/db/queries/estate';
import { wholeProvince } from '@yunheng/db/scope';
import type { Insert, Row, Update } from '@yunheng/db/store';
import { moveEntries, type BookLine } from '@yunheng/domain/ledger/book-entries';
import type { TransferDraft } from '@yunheng/domain/ledger/transfer';
import { occupantProblem } from '@yunheng/domain/quota/occupant';
import { scopeOf } from '@yunheng/domain/identity/policy';
import { domainError, type DomainError } from '@yunheng/kernel/errors';
import { invariant } from '@yunheng/kernel/invariant';
import { err, ok, type Result } from '@yunheng/kernel/result';
import type { Call, Deps } from '../deps.ts';
import type { DecideInput, DecisionReading } from './decision.ts';
import { occupantsOf } from './occupants.ts';
import { eventRow } from './people.ts';
import { heldLine } from './release-holds.ts';
import { holdRow, holdTransfer } from './submission-rows.ts';

export interface RenewedHolds {
  readonly transfers: TransferDraft[];
  readonly inserts: Insert[];
  readonly updates: Update[];
  /** Lines as they stand after the moves. */
  readonly lines: readonly Row<'requestLines'>[];
}

interface Renewal {
  readonly reading: DecisionReading;
  readonly moves: DecideInput['moves'];
  readonly expiresAt: number;
  readonly stepId: string;
}

/**
 * Every decision re-checks the holds: a live one gets a new end, an expired one is held again under the next attempt
 * (or the ledger refuses), and the operator may send a pool's lines to another pool by one transfer.
 */
export async function renewHolds(
  deps: Deps,
  call: Call,
  renewal: Renewal,
): Promise<Result<RenewedHolds, DomainError>> {
  const targets = await poolTargets(deps, call, renewal);
  if (!targets.ok) return targets;
  const claimed = await claimTargets(deps, call, { renewal, targets: targets.value });
  if (!claimed.ok) return claimed;
  const lines = movedLines(renewal.reading.lines, targets.value);
  const again = holdAgain(deps, renewal, lines);
  const moved = moveLive(deps, renewal, targets.value);
  const { request } = renewal.reading;
  const rows = {
    transfers: [...again.transfers, ...moved.transfers],
    inserts: again.inserts,
    updates: [...claimed.value, ...moved.updates, ...lineUpdates(renewal.reading.lines, lines)],
  };
  const events = [
    ...(again.transfers.length > 0
      ? [eventRow(deps, request, { kind: 'hold_renewed', actorId: call.actor.userId })]
      : []),
    ...(moved.transfers.length > 0
      ? [eventRow(deps, request, { kind: 'hold_moved', actorId: call.actor.userId })]
      : []),
  ];
  return ok({ ...rows, inserts: [...rows.inserts, ...events], lines });
}

/** Where a request is carried out is the operator's to say. */
export const mayMove = ({ actor }: Call): boolean =>
  actor.grants.some(({ role }) => role === 'operator' || role === 'operator_approver');

/** Old pool -> new pool. Lines of one pool move together: they become one namespace. */
async function poolTargets(
  deps: Deps,
  call: Call,
  renewal: Renewal,
): Promise<Result<ReadonlyMap<string, string>, DomainError>> {
  const targets = new Map<string, string>();
  if (renewal.moves.length > 0 && !mayMove(call)) return err(domainError('access.forbidden'));
  const { lines } = renewal.reading;
  for (const move of renewal.moves) {
    const line = lines.find((candidate) => candidate.id === move.lineId);
    const [from, to] = await Promise.all([
      poolById(deps.store, line?.poolId ?? ''),
      poolById(deps.store, move.poolId),
    ]);
    if (from === null || to === null) return err(domainError('request.move_unknown'));
    const { arch, poolClass } = from;
    if (arch !== to.arch || poolClass !== to.poolClass)
      return err(domainError('request.move_other_kind', { arch, poolClass }));
    if (renewal.reading.request.kind !== 'new') return err(domainError('request.move_standing'));
    if ((targets.get(from.id) ?? to.id) !== to.id) return err(domainError('request.move_apart'));
    targets.set(from.id, to.id);
  }
  // Two pools in one would be one namespace where two were asked for.
  return poolCount(movedLines(lines, targets)) === poolCount(lines)
    ? ok(targets)
    : err(domainError('request.move_merged'));
}

/** No move goes where this environment stands or is asked for already; of two that come at once one conflicts. */
async function claimTargets(
  deps: Deps,
  call: Call,
  of: { renewal: Renewal; targets: ReadonlyMap<string, string> },
): Promise<Result<Update[], DomainError>> {
  const { request } = of.renewal.reading;
  const moved = [...of.targets].filter(([from, to]) => from !== to);
  if (moved.length === 0) return ok([]);
  const system = await systemById(deps.store, wholeProvince, request.systemId);
  invariant(system, 'a request names a system that exists');
  const asker = { requestId: request.id, reader: scopeOf(call.actor) };
  const occupants = await occupantsOf(deps.store, request, asker);
  const problem = occupantProblem(moved.flatMap(([, to]) => occupants.get(to) ?? []));
  if (problem !== null) return err(domainError(problem.code, problem.params));
  return ok([{ table: 'informationSystems', key: system.id, version: system.version, set: {} }]);
}

const poolCount = (lines: readonly Row<'requestLines'>[]): number =>
  new Set(lines.map((line) => line.poolId)).size;

export const movedLines = (
  lines: readonly Row<'requestLines'>[],
  targets: ReadonlyMap<string, string>,
): Row<'requestLines'>[] =>
  lines.map((line) => ({ ...line, poolId: targets.get(line.poolId ?? '') ?? line.poolId }));

function moveLive(
  deps: Deps,
  renewal: Renewal,
  targets: ReadonlyMap<string, string>,
): { transfers: TransferDraft[]; updates: Update[] } {
  const live = renewal.reading.holds.filter((hold) => hold.state === 'live');
  const moving = live.filter((hold) => (targets.get(hold.poolId) ?? hold.poolId) !== hold.poolId);
  const entries = moving.flatMap((hold) =>
    moveEntries(heldLine(hold), targets.get(hold.poolId) ?? hold.poolId),
  );
  return {
    transfers:
      entries.length === 0
        ? []
        : [
            {
              id: deps.ids.next('transfer'),
              cause: { kind: 'hold_move', id: renewal.stepId },
              effectiveAt: deps.clock.business(),
              entries,
            },
          ],
    updates: live.map((hold) => ({
      table: 'holds',
      key: hold.id,
      version: hold.version,
      set: { expiresAt: renewal.expiresAt, poolId: targets.get(hold.poolId) ?? hold.poolId },
    })),
  };
}

function holdAgain(
  deps: Deps,
  renewal: Renewal,
  lines: readonly Row<'requestLines'>[],
): { transfers: TransferDraft[]; inserts: Insert[] } {
  const { request, holds } = renewal.reading;
  const current = new Set(lines.map((line) => line.id));
  const expired = latestPerLine(holds.filter((hold) => current.has(hold.lineId))).filter(
    (hold) => hold.state === 'expired',
  );
  if (expired.length === 0) return { transfers: [], inserts: [] };
  const attempt = Math.max(...expired.map((hold) => hold.attempt)) + 1;
  const again = expired.map((hold): BookLine => ({
    ...heldLine(hold),
    poolId: lines.find((line) => line.id === hold.lineId)?.poolId ?? hold.poolId,
  }));
  const at = deps.clock.business();
  return {
    transfers: [
      holdTransfer(deps, {
        requestId: request.id,
        revision: request.revision,
        attempt,
        lines: again,
        at,
      }),
    ],
    inserts: again.map((line): Insert => ({
      table: 'holds',
      row: holdRow(deps, {
        line,
        requestId: request.id,
        attempt,
        now: at,
        expiresAt: renewal.expiresAt,
      }),
    })),
  };
}

function latestPerLine(holds: readonly Row<'holds'>[]): Row<'holds'>[] {
  const latest = new Map<string, Row<'holds'>>();
  for (const hold of holds) {
    if ((latest.get(hold.lineId)?.attempt ?? 0) < hold.attempt) latest.set(hold.lineId, hold);
  }
  return [...latest.values()];
}

const lineUpdates = (
  before: readonly Row<'requestLines'>[],
  after: readonly Row<'requestLines'>[],
): Update[] =>
  after
    .filter((line, index) => line.poolId !== before[index]?.poolId)
    .map((line) => ({
      table: 'requestLines',
      key: line.id,
      version: line.version,
      set: { poolId: line.poolId },
    }));
