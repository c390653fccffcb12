// The settings of one launch: what `.parley/env` says, and which part of it each process gets.
import type { ProcessKind } from '#libs/config';
import { VARIABLES_OF } from '#libs/config';
import type { RoleName, RoleUrls } from './roles';
import type { Ports } from './ports';
import type { State } from './state';
import { writePrivately } from './state';

/** The addresses of the servers that the processes use, embedded or not. */
export interface Addresses {
  readonly roles: RoleUrls;
  readonly temporal: {
    readonly address: string;
    readonly namespace: string;
    readonly uiUrl: string | undefined;
  };
  readonly mail: { readonly smtpUrl: string; readonly inboxUrl: string | undefined };
  readonly signIn: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string };
}

export type Settings = Readonly<Record<string, string>>;

/** Every setting of this launch, under the names of libs/config (the roles' URLs as `<ROLE>_DATABASE_URL`). */
export function settingsOf(
  state: State,
  ports: Ports,
  { roles, temporal, mail, signIn }: Addresses,
): Settings {
  const urls = Object.entries(roles).map(([role, url]) => [`${role}_DATABASE_URL`, url] as const);
  return {
    PARLEY_ENV: 'development',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
    ...Object.fromEntries(urls),
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    ...(temporal.uiUrl === undefined ? {} : { TEMPORAL_UI_URL: temporal.uiUrl }),
    SMTP_URL: mail.smtpUrl,
    ...(mail.inboxUrl === undefined ? {} : { INBOX_URL: mail.inboxUrl }),
    MAIL_FROM: mailFrom(),
    OIDC_ISSUER: signIn.issuer,
    OIDC_CLIENT_ID: signIn.clientId,
    OIDC_CLIENT_SECRET: signIn.clientSecret,
    API_URL: `http://127.0.0.1:${ports.api}`,
    PORTAL_URL: process.env.PORTAL_URL ?? `http://127.0.0.1:${ports.portal}`,
    KEY_STORE_DIR: state.keys,
    LOG_DIR: state.logKeys,
    VAULT_DIR: state.vault,
    SCRATCH_DIR: state.scratch,
  };
}

export const mailFrom = (): string => process.env.MAIL_FROM ?? 'Parley <parley@parley.example>';

/** One line per setting, for `set -a; . .parley/env` and for programs; quoted only where a shell needs it. */
export function writeEnvironmentFile(file: string, settings: Settings): void {
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${quote(value)}`);
  writePrivately(file, `${lines.join('\n')}\n`);
}

function quote(value: string): string {
  return /^[\w@%+=:,./-]*$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

/** What a process of this kind may know: nothing that libs/config does not list for it. */
export function environmentOf(kind: ProcessKind, role: RoleName, settings: Settings): Settings {
  const all: Settings = { ...settings, DATABASE_URL: settings[`${role}_DATABASE_URL`] ?? '' };
  const entries = VARIABLES_OF[kind].flatMap((name) => {
    const value = all[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}
