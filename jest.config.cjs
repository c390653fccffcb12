// One jest configuration, five suites: unit and properties need nothing, the others real servers (see infra/dev).
const path = require('node:path');

const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['parley-source', 'node', 'require', 'default'] },
  transform: {
    '^.+\\.[cm]?[jt]s$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
          target: 'es2022',
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [
    '/node_modules/(?!(@nestjs|commander|@formatjs|intl-messageformat|file-type|strtok3|token-types|uint8array-extras|@tokenizer|@borewit|@observablehq/plot|d3|d3-[a-z-]+|internmap|delaunator|robust-predicates|isoformat|openid-client|oauth4webapi|jose|cssomnom|nth-check|entities|dom-serializer|domutils|domelementtype|domhandler|css-what|boolbase|css-select)/)',
  ],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.parley/'],
};

const suite = (name, testMatch, extra = {}) => ({ ...base, displayName: name, testMatch, ...extra });
const needsServers = {
  globalSetup: path.join(__dirname, 'infra/dev/testing/global-setup.cjs'),
  globalTeardown: path.join(__dirname, 'infra/dev/testing/global-teardown.cjs'),
};

module.exports = {
  // A loaded machine must not look like a broken rule: what hangs is ended, and nothing is measured by this.
  testTimeout: 60_000,
  projects: [
    suite('unit', ['<rootDir>/{libs,workflows,activities,apps,infra}/**/*.spec.ts']),
    // Generated histories and cases by the hundred: they need nothing but time, and too much of it for the inner loop.
    suite('properties', ['<rootDir>/{libs,workflows,activities,apps,infra}/**/*.property-spec.ts']),
    suite('integration', ['<rootDir>/{libs,activities,apps,infra,workflows}/**/*.int-spec.ts'], needsServers),
    suite('replay', ['<rootDir>/workflows/**/*.replay-spec.ts']),
    suite('e2e', ['<rootDir>/infra/e2e/**/*.e2e-spec.ts'], needsServers),
  ],
};
