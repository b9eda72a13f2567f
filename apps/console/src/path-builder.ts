/** Every address of the console, as typed functions. Nothing else writes a path. */

type Value = string | number | undefined;

/** Keys sorted, undefined dropped: the same view has one address. Defaults are left out by the callers below. */
function withQuery(path: string, query: Readonly<Record<string, Value>>): string {
  const pairs = Object.entries(query)
    .flatMap(([key, value]) =>
      value === undefined || value === '' ? [] : [[key, String(value)] as const],
    )
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (pairs.length === 0) return path;
  return `${path}?${new URLSearchParams(pairs.map(([key, value]) => [key, value])).toString()}`;
}

function unless<T extends Value>(value: T, fallback: T): T | undefined {
  return value === fallback ? undefined : value;
}

export type RequestsQuery = {
  state?: string | undefined;
  kind?: string | undefined;
  department?: string | undefined;
  node?: string | undefined;
  system?: string | undefined;
  search?: string | undefined;
  sort?: string | undefined;
  order?: string | undefined;
  page?: number | undefined;
};
export type InboxQuery = {
  box?: string | undefined;
  sort?: string | undefined;
  item?: string | undefined;
  page?: number | undefined;
};
export type CapacityQuery = {
  scope?: string | undefined;
  metric?: string | undefined;
  cell?: string | undefined;
};
export type SystemsQuery = {
  department?: string | undefined;
  search?: string | undefined;
  sort?: string | undefined;
  page?: number | undefined;
};
export type AuditQuery = {
  actor?: string | undefined;
  object?: string | undefined;
  action?: string | undefined;
  outcome?: string | undefined;
  by?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  page?: number | undefined;
  item?: string | undefined;
};
export type UsersQuery = {
  search?: string | undefined;
  role?: string | undefined;
  page?: number | undefined;
  item?: string | undefined;
};

export const paths = {
  start: () => '/',
  login: (next?: string) => withQuery('/login', { next: next === '/' ? undefined : next }),
  password: () => '/me/password',
  home: (department: string) => `/d/${department}`,
  newRequest: (
    department: string,
    query: { system?: string; from?: string; kind?: string; allocation?: string } = {},
  ) => withQuery(`/d/${department}/requests/new`, query),
  requests: (query: RequestsQuery = {}) =>
    withQuery('/requests', {
      ...query,
      sort: unless(query.sort, 'updated'),
      order: unless(query.order, 'desc'),
      page: unless(query.page, 1),
    }),
  request: (id: string, part?: 'lines' | 'ledger') =>
    `/requests/${id}${part === undefined ? '' : `#${part}`}`,
  inbox: (query: InboxQuery = {}) =>
    withQuery('/inbox', {
      ...query,
      box: unless(query.box, 'todo'),
      sort: unless(query.sort, 'due'),
      page: unless(query.page, 1),
    }),
  capacity: (query: CapacityQuery = {}) =>
    withQuery('/capacity', {
      ...query,
      scope: unless(query.scope, 'all'),
      metric: unless(query.metric, 'occupancy'),
    }),
  systems: (query: SystemsQuery = {}) =>
    withQuery('/systems', {
      ...query,
      sort: unless(query.sort, 'cpu'),
      page: unless(query.page, 1),
    }),
  system: (id: string) => `/systems/${id}`,
  audit: (query: AuditQuery = {}) =>
    withQuery('/audit', {
      ...query,
      by: unless(query.by, 'people'),
      page: unless(query.page, 1),
    }),
  users: (query: UsersQuery = {}) =>
    withQuery('/admin/users', { ...query, page: unless(query.page, 1) }),
  tokens: () => '/me/tokens',
  notices: () => '/me/notices',
} as const;
