/**
 * Who may import whom: design section "Shape", decided in packages/architecture/decisions/0002.
 * A package that is not listed beside another may not be imported by it. Tests may import anything
 * that their package.json names, since they run rules against the real parts.
 */
const may = {
  'packages/kernel': [],
  'packages/domain': ['packages/kernel'],
  'packages/messages': ['packages/kernel'],
  'packages/ui': ['packages/kernel'],
  'packages/db': ['packages/kernel', 'packages/domain'],
  'packages/cluster': ['packages/kernel', 'packages/domain'],
  'packages/application': ['packages/kernel', 'packages/domain', 'packages/db', 'packages/cluster'],
  'packages/rpc': ['packages/kernel', 'packages/domain', 'packages/application'],
  'packages/architecture': [],
  'packages/testkit': [
    'packages/kernel',
    'packages/domain',
    'packages/db',
    'packages/cluster',
    'packages/application',
    'packages/messages',
    'infra/local',
    'fixtures/guangdong',
  ],
  'apps/server': [
    'packages/kernel',
    'packages/domain',
    'packages/db',
    'packages/cluster',
    'packages/application',
    'packages/rpc',
    'packages/messages',
    'infra/local',
    'infra/kind',
    'fixtures/guangdong',
  ],
  // Plus types of rpc: see console-reads-rpc-types-only.
  'apps/console': [
    'packages/kernel',
    'packages/domain',
    'packages/messages',
    'packages/ui',
    'packages/rpc',
  ],
  'infra/local': ['packages/kernel'],
  'infra/kind': ['infra/local'],
  'infra/bench': [
    'packages/kernel',
    'packages/domain',
    'packages/db',
    'packages/cluster',
    'packages/application',
    'packages/testkit',
    'apps/server',
    'infra/local',
    'fixtures/guangdong',
  ],
  'fixtures/guangdong': ['packages/kernel', 'packages/domain'],
};

/** Later contexts may import earlier ones. */
const contexts = [
  'identity',
  'tenancy',
  'estate',
  'catalog',
  'ledger',
  'quota',
  'approval',
  'provisioning',
  'metering',
  'pricing',
  'billing',
  'network',
  'audit',
];

/** Each of these libraries has one home; a second would be a second way to do the same. */
const homes = {
  'drizzle-orm': ['packages/db'],
  bullmq: ['apps/server'],
  ioredis: ['apps/server'],
  '@kubernetes/client-node': ['packages/cluster', 'infra/bench'],
  'solid-js': ['packages/ui', 'apps/console'],
  '@ark-ui/solid': ['packages/ui'],
  fastify: ['apps/server'],
  'sm-crypto-v2': ['apps/server'],
};

// Stories and their stage are test code with names of their own.
const tests = '(\\.test\\.tsx?$|^apps/server/src/(scenarios|testing)/)';
/** Worlds that tests of the server play in: they meet the product from outside, like the tests themselves. */
const testing = '^apps/server/src/(testing|scenarios)/';
const ours = '^(apps|packages|infra|fixtures)/[^/]+/src/';

const layers = Object.entries(may).map(([from, targets]) => ({
  name: `layer-of-${from.replace('/', '-')}`,
  comment: `${from} may import only ${targets.join(', ') || 'nothing of ours'} (ADR 0002)`,
  severity: 'error',
  from: { path: `^${from}/src/`, pathNot: [tests, testing] },
  to: { path: ours, pathNot: [from, ...targets].map((it) => `^${it}/src/`) },
}));

const contextOrder = contexts.map((context, index) => ({
  name: `context-order-${context}`,
  comment: 'a context imports earlier contexts only (ADR 0002)',
  severity: 'error',
  from: { path: `^packages/domain/src/${context}/` },
  to: { path: `^packages/domain/src/(${contexts.slice(index + 1).join('|') || '-'})/` },
}));

const oneHome = Object.entries(homes).map(([library, places]) => ({
  name: `home-of-${library}`,
  comment: `${library} is used in ${places.join(' and ')} only (ADR 0002)`,
  severity: 'error',
  from: { path: ours, pathNot: [tests, ...places.map((it) => `^${it}/src/`)] },
  to: { path: `node_modules/${library}/` },
}));

module.exports = {
  forbidden: [
    ...layers,
    ...contextOrder,
    ...oneHome,
    {
      name: 'no-cycle',
      comment: 'a cycle has no first file to read; types may point both ways',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-internal-barrel',
      comment: 'import the file that has the thing (ADR 0009)',
      severity: 'error',
      from: {},
      to: { path: `${ours}.*index\\.tsx?$` },
    },
    {
      name: 'console-reads-rpc-types-only',
      comment: 'the browser must not carry the server',
      severity: 'error',
      from: { path: '^apps/console/src/', pathNot: tests },
      to: { path: '^packages/rpc/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'http-stays-above-the-store',
      comment: 'a face calls use cases; only composition opens stores and clusters',
      severity: 'error',
      from: { path: '^apps/server/src/http/', pathNot: tests },
      to: { path: '^packages/(db|cluster)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-test-code-in-product',
      severity: 'error',
      from: {
        path: ours,
        pathNot: [tests, testing, '^packages/testkit/', '^infra/bench/'],
      },
      to: { path: [tests, '^packages/testkit/'] },
    },
    {
      name: 'pure-packages-have-no-machine',
      comment: 'kernel, domain and application take clock, ids and I/O from ports',
      severity: 'error',
      from: { path: '^packages/(kernel|domain|application)/src/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-unresolvable',
      comment: 'an import that does not resolve would escape every rule above',
      severity: 'error',
      from: { path: ours },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types', 'solid', 'browser'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
