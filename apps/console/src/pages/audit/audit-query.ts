import { paths } from '../../path-builder.ts';
import { oneOf, pageOf, textOf, useUrlState } from '../../url-state.ts';

export const outcomes = ['done', 'refused'] as const;
/** Whose acts; what people did is what most come for. */
export const doers = ['people', 'system', 'all'] as const;

export type AuditView = {
  actor: string | undefined;
  object: string | undefined;
  action: string | undefined;
  outcome: (typeof outcomes)[number] | undefined;
  by: (typeof doers)[number];
  /** Days in Beijing, as in the field: 2026-11-25. */
  from: string | undefined;
  to: string | undefined;
  page: number;
  item: string | undefined;
};

const day = /^\d{4}-\d{2}-\d{2}$/u;

export function useAuditQuery() {
  return useUrlState<AuditView>(paths.audit, (search) => ({
    actor: textOf(search, 'actor')?.slice(0, 64),
    object: textOf(search, 'object')?.slice(0, 64),
    action: textOf(search, 'action')?.slice(0, 64),
    outcome: oneOf(search, 'outcome', outcomes),
    by: oneOf(search, 'by', doers) ?? 'people',
    from: dayOf(search, 'from'),
    to: dayOf(search, 'to'),
    page: pageOf(search),
    item: textOf(search, 'item'),
  }));
}

function dayOf(search: URLSearchParams, key: string): string | undefined {
  const text = textOf(search, key);
  return text !== undefined && day.test(text) ? text : undefined;
}

/** Half-open in Beijing days. */
export function instantsOf(view: Pick<AuditView, 'from' | 'to'>): {
  from: number | undefined;
  to: number | undefined;
} {
  return { from: startOfDay(view.from), to: startOfDay(view.to) };
}

function startOfDay(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const at = Date.parse(`${text}T00:00:00+08:00`);
  return Number.isNaN(at) ? undefined : at;
}
