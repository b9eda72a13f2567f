import type { Insert } from '@yunheng/db/store';
import { seatHolders } from '@yunheng/db/queries/notices';
import type { Role } from '@yunheng/domain/identity/roles';
import type { ErrorParams } from '@yunheng/kernel/errors';
import type { Deps } from '../deps.ts';

interface NoticeText {
  readonly kind: 'act' | 'told';
  readonly code: string;
  readonly params: ErrorParams;
  /** Null when it is not about a request. */
  readonly requestId: string | null;
}

export function noticeTo(deps: Deps, userId: string, text: NoticeText): Insert {
  const row = {
    id: deps.ids.next('notice'),
    userId,
    ...text,
    createdAt: deps.clock.business(),
    readAt: null,
    version: 1,
  };
  return { table: 'notices', row };
}

/** Notices for everyone who may act on a step. */
export async function noticesToSeats(
  deps: Deps,
  seat: { roles: readonly Role[]; departmentId: string },
  text: NoticeText,
): Promise<Insert[]> {
  const users = await seatHolders(deps.store, seat.roles, seat.departmentId);
  return users.map((userId) => noticeTo(deps, userId, text));
}

export function eventRow(
  deps: Deps,
  request: { id: string; tenantId: string },
  event: { kind: string; actorId: string | null; params?: ErrorParams },
): Insert {
  return {
    table: 'requestEvents',
    row: {
      id: deps.ids.next('event'),
      requestId: request.id,
      tenantId: request.tenantId,
      at: deps.clock.business(),
      kind: event.kind,
      actorId: event.actorId,
      params: event.params ?? {},
    },
  };
}
