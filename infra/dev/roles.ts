// Makes the database and its roles, each with a random password that is kept beside the rest of the local state.
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';

/** The role of each process, under the name its connection string has in `.parley/env`. */
export const ROLES = {
  OWNER: 'parley_owner',
  API: 'parley_api',
  PORTAL: 'parley_portal',
  WORKER: 'parley_worker',
  COURIER: 'parley_courier',
  AUDITOR: 'parley_auditor',
} as const;

export type RoleName = keyof typeof ROLES;
export type RoleUrls = Readonly<Record<RoleName, string>>;

export interface RoleOptions {
  readonly database: string;
  /** Passwords are kept here, readable by this user only. */
  readonly secretsFile: string;
}

/**
 * Makes whatever is missing of the database, its two schemas and the roles, and gives the URL of each role.
 * Doing it again changes nothing but sets the same passwords again.
 */
export async function createRoles(superuserUrl: string, options: RoleOptions): Promise<RoleUrls> {
  const passwords = keepPasswords(options.secretsFile);
  await connected(superuserUrl, async (client) => {
    for (const name of roleNames()) await createRole(client, ROLES[name], passwords[name]);
    // Whoever is no superuser may make things for a role only as its member.
    const mine = `${ROLES.OWNER}, ${ROLES.COURIER} to current_user with inherit true, set true`;
    if (!(await isSuperuser(client))) await client.query(`grant ${mine}`);
    // The owner applies the migrations of BullMQ's schema too, which the courier owns.
    await client.query(`grant ${ROLES.COURIER} to ${ROLES.OWNER} with inherit false, set true`);
    await createDatabase(client, options.database);
  });
  const inDatabase = new URL(superuserUrl);
  inDatabase.pathname = `/${options.database}`;
  await connected(inDatabase.href, createSchemas);
  return urls(inDatabase, passwords);
}

type Passwords = Record<RoleName, string>;

function roleNames(): RoleName[] {
  return Object.keys(ROLES) as RoleName[];
}

function keepPasswords(secretsFile: string): Passwords {
  const kept = existsSync(secretsFile)
    ? (JSON.parse(readFileSync(secretsFile, 'utf8')) as Partial<Passwords>)
    : {};
  const entries = roleNames().map((name) => [name, kept[name] ?? randomBytes(24).toString('base64url')]);
  const passwords = Object.fromEntries(entries) as Passwords;
  const unfinished = `${secretsFile}.unfinished`;
  writeFileSync(unfinished, `${JSON.stringify(passwords, null, 2)}\n`, { mode: 0o600 });
  chmodSync(unfinished, 0o600);
  renameSync(unfinished, secretsFile);
  return passwords;
}

async function connected(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function isSuperuser(client: Client): Promise<boolean> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = current_user and rolsuper');
  return rowCount === 1;
}

async function createRole(client: Client, role: string, password: string): Promise<void> {
  const found = await client.query('select 1 from pg_roles where rolname = $1', [role]);
  const verb = found.rowCount ? 'alter' : 'create';
  // Utility statements take no parameters.
  await client.query(`${verb} role ${escapeIdentifier(role)} login password ${escapeLiteral(password)}`);
}

async function createDatabase(client: Client, database: string): Promise<void> {
  const name = escapeIdentifier(database);
  const found = await client.query('select 1 from pg_database where datname = $1', [database]);
  if (!found.rowCount) await client.query(`create database ${name} owner ${ROLES.OWNER}`);
  await client.query(`revoke all on database ${name} from public`);
  for (const role of roleNames()) await client.query(`grant connect on database ${name} to ${ROLES[role]}`);
  // BullMQ adds jobs in bulk by way of a temporary table.
  await client.query(`grant temporary on database ${name} to ${ROLES.COURIER}`);
}

async function createSchemas(client: Client): Promise<void> {
  await client.query('revoke all on schema public from public');
  await client.query(`create schema if not exists parley authorization ${ROLES.OWNER}`);
  await client.query(`create schema if not exists parley_jobs authorization ${ROLES.COURIER}`);
}

function urls(database: URL, passwords: Passwords): RoleUrls {
  const entries = roleNames().map((name) => {
    const url = new URL(database);
    url.username = ROLES[name];
    url.password = passwords[name];
    return [name, url.href] as const;
  });
  return Object.fromEntries(entries) as Record<RoleName, string>;
}
