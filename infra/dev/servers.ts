// The servers Parley stands on: each embedded, or somebody's own when its variable is set.
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { Client } from 'pg';
import { temporalBinary } from '../temporal/binary';
import { mailFrom } from './settings';
import type { Addresses } from './settings';
import { startServer } from './node-process';
import type { Ports } from './ports';
import { startPostgres } from './postgres';
import { createRoles } from './roles';
import type { RoleUrls } from './roles';
import type { State } from './state';
import type { Print } from './steps';
import type { Supervisor } from './supervisor';
import { checkTemporal, NAMESPACE, startTemporal } from './temporal';

export interface Launch {
  readonly state: State;
  readonly ports: Ports;
  readonly supervisor: Supervisor;
  readonly print: Print;
}

/** What a step gives back, and what is shown of it. */
export interface Shown<T> {
  readonly value: T;
  readonly shown: string;
}

const DATABASE = 'parley';

/** What is shown of an address. What is wrong with one that is none, each process says of its own settings. */
const hostOf = (given: string): string => (URL.canParse(given) ? new URL(given).host : 'the address given');

/** A database with its roles: in the embedded Postgres, or on the server that DATABASE_URL names. */
export async function bringUpDatabase({ state, ports, supervisor }: Launch): Promise<Shown<RoleUrls>> {
  const given = process.env.DATABASE_URL;
  if (given) {
    const server = await checkDatabase(given);
    const database = databaseIn(given);
    const roles = await createRoles(server, { database, secretsFile: state.secrets });
    return { value: roles, shown: `your own, ${hostOf(given)}, database ${database}` };
  }
  const server = await supervisor.start({
    name: 'postgres',
    start: () => startPostgres({ dir: state.postgres, port: ports.postgres, logFile: state.log('postgres') }),
  });
  const roles = await createRoles(server.superuserUrl, { database: DATABASE, secretsFile: state.secrets });
  return { value: roles, shown: `127.0.0.1:${server.port}` };
}

/** What Postgres says of a database that nobody has made yet. */
const NO_SUCH_DATABASE = '3D000';

/** Where to make things from: the given URL, or the server's own database where that which it names is still to be made. */
async function checkDatabase(given: string): Promise<string> {
  try {
    return await connectedTo(given).catch((error: unknown) => {
      if ((error as { code?: unknown }).code !== NO_SUCH_DATABASE) throw error;
      const server = new URL(given);
      server.pathname = '/postgres';
      return connectedTo(server.href);
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`DATABASE_URL: cannot connect to ${hostOf(given)}: ${reason}`, { cause });
  }
}

async function connectedTo(url: string): Promise<string> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  await client.end();
  return url;
}

/** The name of the database to use on a given server: the one its URL names, unless that is the server's own. */
function databaseIn(url: string): string {
  const named = new URL(url).pathname.slice(1);
  return named === '' || named === 'postgres' ? DATABASE : decodeURIComponent(named);
}

/** A Temporal server: embedded, or the one that TEMPORAL_ADDRESS names. */
export async function bringUpTemporal(launch: Launch, say: Print): Promise<Shown<Addresses['temporal']>> {
  const given = process.env.TEMPORAL_ADDRESS;
  if (given) {
    const namespace = process.env.TEMPORAL_NAMESPACE ?? NAMESPACE;
    await checkOwnTemporal(given, namespace);
    const uiUrl = process.env.TEMPORAL_UI_URL;
    return { value: { address: given, namespace, uiUrl }, shown: `your own, ${given}` };
  }
  const { state, ports, supervisor } = launch;
  const binary = await temporalBinary(say);
  const server = await supervisor.start({
    name: 'temporal',
    start: (onSpawn) =>
      startTemporal({
        binary,
        dbFile: state.temporalFile,
        port: ports.temporal,
        uiPort: ports.temporalUi,
        logFile: state.log('temporal'),
        onSpawn,
      }),
  });
  return {
    value: { address: server.address, namespace: NAMESPACE, uiUrl: server.uiUrl },
    shown: server.address,
  };
}

async function checkOwnTemporal(address: string, namespace: string): Promise<void> {
  try {
    await checkTemporal(address, namespace);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `TEMPORAL_ADDRESS: no Temporal at ${address} serves the namespace "${namespace}": ${reason}`,
      { cause },
    );
  }
}

/** Somewhere for mail to go: the development inbox, or the server that SMTP_URL names. */
export async function bringUpMail({ state, ports, supervisor }: Launch): Promise<Shown<Addresses['mail']>> {
  const given = process.env.SMTP_URL;
  if (given) {
    const inboxUrl = process.env.INBOX_URL;
    return { value: { smtpUrl: given, inboxUrl }, shown: `your own, ${hostOf(given)}` };
  }
  const inboxUrl = `http://127.0.0.1:${ports.inbox}`;
  const environment = { INBOX_DIR: state.inbox, PORT: String(ports.inbox), SMTP_PORT: String(ports.smtp) };
  const script = path.join(__dirname, 'inbox.js');
  const logFile = state.log('inbox');
  await supervisor.start({
    name: 'inbox',
    start: (onSpawn) => startServer({ name: 'inbox', script, environment, logFile, url: inboxUrl }, onSpawn),
  });
  return { value: { smtpUrl: `smtp://127.0.0.1:${ports.smtp}`, inboxUrl }, shown: inboxUrl };
}

/** Where account holders sign in: the development provider, or the one that OIDC_ISSUER names. */
export async function bringUpSignIn(
  { state, ports, supervisor }: Launch,
  smtpUrl: string,
): Promise<Shown<Addresses['signIn']>> {
  const { OIDC_ISSUER: given, OIDC_CLIENT_ID = '', OIDC_CLIENT_SECRET = '' } = process.env;
  if (given) {
    const own = { issuer: given, clientId: OIDC_CLIENT_ID, clientSecret: OIDC_CLIENT_SECRET };
    return { value: own, shown: `your own, ${hostOf(given)}` };
  }
  const issuer = `http://127.0.0.1:${ports.signIn}`;
  const client = { clientId: 'parley', clientSecret: randomBytes(24).toString('base64url') };
  const environment = {
    ...{ PARLEY_ENV: 'development', PORT: String(ports.signIn), API_URL: `http://127.0.0.1:${ports.api}` },
    ...{ SMTP_URL: smtpUrl, MAIL_FROM: mailFrom() },
    ...{ OIDC_CLIENT_ID: client.clientId, OIDC_CLIENT_SECRET: client.clientSecret },
  };
  const server = {
    ...{ name: 'sign-in', script: path.join(__dirname, 'sign-in.js'), environment },
    ...{ logFile: state.log('sign-in'), url: issuer },
  };
  await supervisor.start({ name: 'sign-in', start: (onSpawn) => startServer(server, onSpawn) });
  return { value: { issuer, ...client }, shown: issuer };
}
