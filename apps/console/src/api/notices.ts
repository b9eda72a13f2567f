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

const isUnread = ({ readAt }: NoticeRow): boolean => readAt === null;

/** Reads notices of themselves, each once: a failure leaves them unread, for the person to do it. */
export function useReadThemselves(choose: (unread: readonly NoticeRow[]) => readonly NoticeRow[]) {
  const { unread, markRead } = useNotices();
  const sent = new Set<string>();
  createEffect(() => {
    const chosen = choose(unread()).filter(({ id }) => !sent.has(id));
    if (chosen.length === 0) return;
    for (const { id } of chosen) sent.add(id);
    markRead(chosen).catch(() => undefined);
  });
}

/** Whoever has the request before them has read what was said of it. */
export function useReadNoticesOf(requestId: () => string): void {
  useReadThemselves((unread) => unread.filter((notice) => notice.requestId === requestId()));
}
