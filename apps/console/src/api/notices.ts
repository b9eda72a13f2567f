import { createEffect } from 'solid-js';
import { useQueryClient } from '@tanstack/solid-query';
import { api } from './client.ts';
import { useProcedure, valueOf } from './query.ts';
import type { NoticeRow } from './types.ts';

const mostAtOnce = 200;

export function useNotices() {
  const queries = useQueryClient();
  const query = useProcedure({
    name: 'notices.list',
    input: () => ({}),
    call: (input, options) => api.notices.list.query(input, options),
    everyMilliseconds: 15_000,
  });
  const markRead = async (notices: readonly NoticeRow[]): Promise<void> => {
    await api.notices.markRead.mutate({ ids: notices.slice(0, mostAtOnce).map(({ id }) => id) });
    await queries.invalidateQueries({ queryKey: ['notices.list'] });
  };
  return { query, unread: () => (valueOf(query) ?? []).filter(isUnread), markRead };
}

/** What has been done meanwhile asks nobody any more, read or not. */
export const isUnread = ({ readAt, standing }: NoticeRow): boolean =>
  readAt === null && standing !== 'done';

/** Whoever has the request before them has read what was said of it; a failure leaves that to the person. */
export function useReadNoticesOf(requestId: () => string): void {
  const { unread, markRead } = useNotices();
  const sent = new Set<string>();
  createEffect(() => {
    const about = unread().filter((one) => one.requestId === requestId() && !sent.has(one.id));
    if (about.length === 0) return;
    for (const { id } of about) sent.add(id);
    markRead(about).catch(() => undefined);
  });
}
