import { useLocation, useNavigate } from '@solidjs/router';

/** Reading and changing the query of the address: filters, sort, page, selection. Unknown keys are dropped by the builder. */
export function useUrlState<Q extends object>(
  build: (query: Q) => string,
  read: (search: URLSearchParams) => Q,
) {
  const location = useLocation();
  const navigate = useNavigate();
  const query = () => read(new URLSearchParams(location.search));
  return {
    query,
    /** Address of this page with something changed, for links. */
    href: (change: Partial<Q>) => build({ ...query(), ...change }),
    /** A choice worth a step back in the history. */
    go: (change: Partial<Q>) => navigate(build({ ...query(), ...change }), { scroll: false }),
    /** A refinement that the back button should skip. */
    replace: (change: Partial<Q>) =>
      navigate(build({ ...query(), ...change }), { replace: true, scroll: false }),
  };
}

export function textOf(search: URLSearchParams, key: string): string | undefined {
  const value = search.get(key)?.trim();
  return value === undefined || value === '' ? undefined : value.slice(0, 200);
}

export function oneOf<T extends string>(
  search: URLSearchParams,
  key: string,
  options: readonly T[],
): T | undefined {
  return options.find((option) => option === search.get(key));
}

export function pageOf(search: URLSearchParams): number {
  const page = Number(search.get('page') ?? 1);
  return Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1;
}
