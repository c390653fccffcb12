// What `.parley/env` says, and what each process gets to know of it.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { readEnvironment } from '#libs/config';
import { portsFrom } from './ports';
import type { RoleUrls } from './roles';
import { ROLES } from './roles';
import { environmentOf, settingsOf, writeEnvironmentFile } from './settings';
import { stateIn } from './state';

const root = mkdtempSync(path.join(tmpdir(), 'parley-settings-'));
afterAll(() => rmSync(root, { recursive: true }));

const roles = Object.fromEntries(
  Object.entries(ROLES).map(([name, role]) => [
    name,
    `postgres://${role}:secret-of-${name}@127.0.0.1:1/parley`,
  ]),
) as Record<keyof RoleUrls, string>;
const settings = settingsOf(stateIn(root), portsFrom(4100), {
  roles,
  temporal: { address: '127.0.0.1:4108', namespace: 'default', uiUrl: 'http://127.0.0.1:4109' },
  mail: { smtpUrl: 'smtp://127.0.0.1:4106', inboxUrl: 'http://127.0.0.1:4105' },
  signIn: { issuer: 'http://127.0.0.1:4110', clientId: 'parley', clientSecret: 'a-secret-made-at-random' },
});

it('writes every setting, readable by this user only, as a shell and Node read it', () => {
  const file = path.join(root, 'env');
  writeEnvironmentFile(file, settings);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(parseEnv(readFileSync(file, 'utf8'))).toEqual(settings);
});

it.each([
  ['api', 'API', { PORT: '1' }],
  ['portal', 'PORTAL', { PORT: '1' }],
  ['worker', 'WORKER', { PORT: '1', WORKER_QUEUES: 'default' }],
  ['courier', 'COURIER', { PORT: '1' }],
  ['cli', 'OWNER', {}],
] as const)('gives %s all it needs to start, and no other role’s password', (kind, role, more) => {
  const environment = { ...environmentOf(kind, role, settings), ...more };
  expect(() => readEnvironment(environment, kind)).not.toThrow();
  const others = Object.keys(ROLES).filter(
    (name) => name !== role && !(kind === 'cli' && name === 'AUDITOR'),
  );
  for (const other of others) expect(JSON.stringify(environment)).not.toContain(`secret-of-${other}@`);
});

it('keeps the key store from the portal', () => {
  expect(environmentOf('portal', 'PORTAL', settings)).not.toHaveProperty('KEY_STORE_DIR');
});
