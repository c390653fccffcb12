// The fence: who may import what. Each rule says why it is there; `npm test` fails on any breach.

/** Tests may reach for builders and servers; what they import ships nowhere. */
const TESTS = '(\\.(spec|property-spec|int-spec|replay-spec|e2e-spec)\\.ts$|/testing/)';
/** `path` in a rule's `from`, with tests left out. */
const code = (path) => ({ path, pathNot: TESTS });
/** A folder of Parley's own that is not among those allowed. */
const ownExcept = (...allowed) => ({
  path: '^(apps|workflows|activities|libs|infra)/',
  pathNot: allowed.map((folder) => `^${folder}[./]`),
});
const NPM = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'];

const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

/** A library and the only others of Parley's that it may import. */
const library = (name, comment, ...allowed) =>
  rule(
    `libs-${name}`,
    comment,
    code(`^libs/${name}/`),
    ownExcept(`libs/${name}`, ...allowed.map((other) => `libs/${other}`)),
  );

module.exports = {
  forbidden: [
    rule(
      'no-cycles',
      'In a cycle no part can be read, tested or replaced without the others.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule(
      'everything-resolves',
      'An import that leads nowhere fails only when it is run.',
      {},
      { couldNotResolve: true },
    ),

    library('domain', 'The rules stand alone: whoever reads them needs nothing else to understand them.'),
    rule(
      'domain-is-pure',
      'No npm package and nothing of Node’s: no clock, no randomness, no hashing, no I/O can slip into the rules.',
      code('^libs/domain/'),
      { dependencyTypes: [...NPM, 'core'] },
    ),
    library(
      'contracts',
      'Names and schemas that cross a process boundary speak of the domain, and of nothing behind it.',
      'domain',
    ),
    library(
      'log',
      'The log is hashes and signatures of bytes; whoever checks it needs nothing of what the bytes mean.',
    ),
    rule(
      'log-runs-anywhere',
      'A browser verifies with it: of Node’s only the hash, in the one file the page replaces.',
      { ...code('^libs/log/'), path: '^libs/log/(?!digest)' },
      { dependencyTypes: ['core'], dependencyTypesNot: ['type-only'] },
    ),
    library(
      'ledger',
      'The ledger remembers what the domain decided; it knows no vault, no mail, no page.',
      'domain',
      'contracts',
      'log',
    ),
    library(
      'export',
      'An export is made of what the ledger holds; results come to it as bytes, opened by whoever may.',
      'domain',
      'language',
      'web',
      'contracts',
      'log',
      'ledger',
    ),
    library(
      'verify',
      'A stranger verifies without the engine: with the rules, the form of entries, the log’s arithmetic, and words.',
      'domain',
      'contracts',
      'log',
      'language',
    ),
    rule(
      'verify-runs-anywhere',
      'A browser verifies with it: of Node’s only what unpacks, in the one file the page replaces.',
      { ...code('^libs/verify/'), path: '^libs/verify/(?!gunzip)' },
      { dependencyTypes: ['core'] },
    ),
    library(
      'vault',
      'The vault holds data; what may be opened is decided in the database, not by reaching into the ledger.',
      'domain',
      'contracts',
    ),
    library(
      'statistics',
      'Methods are functions from numbers to numbers, checked against R and scikit-learn on their own.',
    ),
    rule(
      'statistics-is-pure',
      'The same reason: nothing of Node’s, so no file, no network, no clock.',
      code('^libs/statistics/'),
      {
        dependencyTypes: ['core'],
      },
    ),
    library('language', 'Words stand alone: whoever translates them needs nothing else to understand them.'),
    library(
      'mail',
      'Templates and transport take what they are given; who is asked what is decided elsewhere.',
      'contracts',
      'domain',
      'language',
      'web',
    ),
    library('web', 'Shared pages show what they are given.', 'contracts', 'domain', 'language'),
    library('config', 'Every process reads its environment first, so this may depend on none of them.'),
    rule(
      'libs-know-no-process',
      'Libraries are below everything else; one that knew an app, a workflow or an activity could not be shared.',
      code('^libs/'),
      { path: '^(apps|workflows|activities|infra)/' },
    ),
    rule(
      'testing-is-for-tests',
      'Builders and fakes must not be shipped.',
      {
        ...code('^(apps|workflows|activities|libs|infra)/'),
        pathNot: [TESTS, '^libs/testing/', '^infra/(bench|e2e|docs)/'],
      },
      {
        path: '^libs/testing/',
      },
    ),

    rule(
      'workflows-are-deterministic',
      'A workflow is replayed years later: it may use the rules, the contracts and Temporal’s workflow package, and no more.',
      code('^workflows/'),
      { ...ownExcept('workflows', 'libs/domain', 'libs/contracts', 'activities') },
    ),
    rule('workflows-import-temporal-only', 'The same reason, for npm and Node.', code('^workflows/'), {
      dependencyTypes: [...NPM, 'core'],
      pathNot: 'node_modules/@temporalio/(workflow|common)/',
      dependencyTypesNot: ['type-only'],
    }),
    rule(
      'activities-by-type-only',
      'A workflow calls activities through Temporal; their code must not get into its bundle.',
      code('^workflows/'),
      { path: '^activities/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'activities',
      'Activities touch the world through libraries; they do not know who calls them.',
      code('^activities/'),
      ownExcept('activities', 'libs'),
    ),

    rule(
      'api',
      'The API may know workflows by their types, to start and signal them; it runs none.',
      code('^apps/api/'),
      ownExcept('apps/api', 'libs', 'workflows'),
    ),
    rule('api-workflows-by-type', 'The same reason.', code('^apps/api/'), {
      path: '^workflows/',
      dependencyTypesNot: ['type-only'],
    }),
    rule(
      'portal',
      'The portal is exposed to everyone: it gets libraries only.',
      code('^apps/portal/'),
      ownExcept('apps/portal', 'libs'),
    ),
    rule(
      'portal-opens-nothing',
      'The portal holds no key that opens data: of the vault it may import the entry for deposits alone.',
      code('^apps/portal/'),
      { path: '^libs/vault/', pathNot: '^libs/vault/deposit/' },
    ),
    rule(
      'worker',
      'The worker is where workflows and activities meet.',
      code('^apps/worker/'),
      ownExcept('apps/worker', 'workflows', 'activities', 'libs'),
    ),
    rule(
      'courier',
      'The courier delivers; it neither runs workflows nor touches data.',
      code('^apps/courier/'),
      ownExcept('apps/courier', 'libs'),
    ),
    rule(
      'verifier',
      'The page is the verifier in words, and nothing of the engine.',
      code('^apps/verifier/'),
      ownExcept('apps/verifier', 'libs/verify', 'libs/language'),
    ),
    rule(
      'cli',
      'The command line does what libraries do; it is not a second server.',
      code('^apps/cli/'),
      ownExcept('apps/cli', 'libs'),
    ),

    rule(
      'demonstration-from-outside',
      'The demonstration shows what anyone can do: through public interfaces, with nothing of Parley’s inside it.',
      code('^infra/demo/'),
      ownExcept('infra/demo', 'infra/dev/waiting', 'libs/config'),
    ),
    rule(
      'stories-from-outside',
      'The same reason: what a story cannot do from outside, a team cannot either.',
      code('^infra/stories/'),
      ownExcept('infra/stories', 'infra/demo', 'infra/settings'),
    ),
    rule(
      'nobody-imports-infra',
      'What runs in production must not depend on what brings it up.',
      code('^(apps|workflows|activities|libs)/'),
      {
        path: '^infra/',
      },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.parley)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['parley-source', 'import', 'require', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      mainFields: ['main', 'types'],
    },
  },
};
