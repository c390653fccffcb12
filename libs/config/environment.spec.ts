// What a process accepts as its environment, and what it says otherwise.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfigurationError, readEnvironment } from './index';
import type { ProcessKind } from './index';

const apiEnvironment = {
  PARLEY_ENV: 'development',
  PORT: '4000',
  DATABASE_URL: 'postgres://parley_api:correct-horse@127.0.0.1:5432/parley',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  API_URL: 'http://127.0.0.1:4000/',
  PORTAL_URL: 'http://127.0.0.1:4001',
  KEY_STORE_DIR: '/srv/parley/keys',
  VAULT_DIR: '/srv/parley/vault',
  SCRATCH_DIR: '/run/parley',
};

const production = {
  ...apiEnvironment,
  PARLEY_ENV: undefined,
  DATABASE_URL: 'postgres://parley_api:Zk3v9QpX7mTq2LwB@db/parley',
  API_URL: 'https://api.parley.example',
  PORTAL_URL: 'https://parley.example',
};

function problemsOf(env: Record<string, string | undefined>, kind: ProcessKind): readonly string[] {
  try {
    readEnvironment(env, kind);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems;
  }
}

describe('readEnvironment', () => {
  it('gives each variable parsed, with defaults', () => {
    expect(readEnvironment(apiEnvironment, 'api')).toEqual({
      ...apiEnvironment,
      PORT: 4000,
      API_URL: 'http://127.0.0.1:4000',
      LOG_LEVEL: 'info',
      TEMPORAL_NAMESPACE: 'default',
      ...{ LOCALE: 'en-GB', TIME_ZONE: 'Europe/London' },
    });
  });

  it('shows a process only what its kind may see', () => {
    const config = readEnvironment(apiEnvironment, 'portal');
    expect(Object.keys(config)).not.toContain('KEY_STORE_DIR');
    expect(Object.keys(config)).not.toContain('TEMPORAL_ADDRESS');
  });

  it('names every problem at once, with what is expected', () => {
    const problems = problemsOf({ ...apiEnvironment, PORT: '99999', PORTAL_URL: undefined }, 'api');
    expect(problems).toHaveLength(2);
    expect(problems[0]).toBe('PORT: expected a TCP port from 1 to 65535; got "99999"');
    expect(problems[1]).toContain('PORTAL_URL is not set: expected the address of the portal');
  });

  it.each([
    ['DATABASE_URL', 'mysql://root:hunter2@db/parley'],
    ['DATABASE_URL', 'hunter2'],
    ['SMTP_URL', 'http://user:hunter2@mail'],
  ])('never prints the value of a secret: %s', (name, value) => {
    const courier = {
      ...apiEnvironment,
      MAIL_FROM: 'Parley <p@example.org>',
      SMTP_URL: 'smtp://localhost:25',
      LOG_DIR: '/srv/parley/log',
    };
    const problems = problemsOf({ ...courier, [name]: value }, 'courier');
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(name);
    expect(problems[0]).not.toContain('hunter2');
  });

  it.each([
    ['PORT', '80.5'],
    ['PORT', '0'],
    ['TEMPORAL_ADDRESS', 'http://localhost:7233'],
    ['VAULT_DIR', 'relative/vault'],
    ['LOG_LEVEL', 'loud'],
    ['PARLEY_ENV', 'staging'],
  ])('refuses %s=%s', (name, value) => {
    expect(problemsOf({ ...apiEnvironment, [name]: value }, 'api')).toEqual([
      expect.stringMatching(new RegExp(`^${name}: expected .*; got "${value}"$`)),
    ]);
  });

  it('takes a set but empty variable for one that is not set', () => {
    expect(problemsOf({ ...apiEnvironment, VAULT_DIR: ' ' }, 'api')[0]).toContain('VAULT_DIR is not set');
  });

  it('reads the task queues of a worker', () => {
    const worker = { ...apiEnvironment, WORKER_QUEUES: 'default, analysis' };
    expect(readEnvironment(worker, 'worker').WORKER_QUEUES).toEqual(['default', 'analysis']);
    expect(problemsOf({ ...worker, WORKER_QUEUES: 'fast' }, 'worker')[0]).toContain('default, analysis');
  });

  it('lets the command line run without any service', () => {
    expect(readEnvironment({ PARLEY_ENV: 'test' }, 'cli').OWNER_DATABASE_URL).toBeUndefined();
  });
});

describe('in production', () => {
  it('is where a process is unless told otherwise', () => {
    expect(readEnvironment(production, 'api').PARLEY_ENV).toBe('production');
  });

  it.each([
    ['none', 'postgres://parley_api@db/parley'],
    ['a short one', 'postgres://parley_api:parley@db/parley'],
    ['one repeated letter', `postgres://parley_api:${'a'.repeat(32)}@db/parley`],
  ])('refuses a database password that is %s', (_, url) => {
    expect(problemsOf({ ...production, DATABASE_URL: url }, 'api')).toEqual([
      expect.stringMatching(/^DATABASE_URL: expected a password/),
    ]);
  });

  it('refuses links without https', () => {
    expect(problemsOf({ ...production, PORTAL_URL: 'http://parley.example' }, 'api')).toEqual([
      expect.stringMatching(/^PORTAL_URL: expected https/),
    ]);
  });
});

describe('values from files', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'parley-config-'));
  afterAll(() => rmSync(dir, { recursive: true }));

  it('reads X_FILE where X is not set', () => {
    const file = path.join(dir, 'url');
    writeFileSync(file, `${production.DATABASE_URL}\n`);
    const env = { ...production, DATABASE_URL: undefined, DATABASE_URL_FILE: file };
    expect(readEnvironment(env, 'api').DATABASE_URL).toBe(production.DATABASE_URL);
  });

  it('says which file cannot be read', () => {
    const file = path.join(dir, 'missing');
    const env = { ...production, DATABASE_URL: undefined, DATABASE_URL_FILE: file };
    expect(problemsOf(env, 'api')).toEqual([
      `DATABASE_URL_FILE: expected a readable file, but ${file} gave ENOENT`,
    ]);
  });
});
