// Turns process.env into the typed configuration of one kind of process, or into one error that names every bad value.
import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { notesOf, variables } from './variables';
import type { VariableName } from './variables';
import { halfGiven, weaknesses } from './weaknesses';

const everywhere = ['PARLEY_ENV', 'LOG_LEVEL'] as const;
const served = [...everywhere, 'PORT', 'DATABASE_URL'] as const;
const spoken = ['LOCALE', 'TIME_ZONE'] as const;
const temporal = ['TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE'] as const;

/** Which variables each kind of process reads; what is not listed here, a process never sees. */
export const VARIABLES_OF = {
  // The API streams deposits in, and opens results for those who may check them, which takes the key store's part.
  api: [
    ...served,
    ...temporal,
    ...spoken,
    'TEMPORAL_UI_URL',
    'API_URL',
    'PORTAL_URL',
    'KEY_STORE_DIR',
    'VAULT_DIR',
    'SCRATCH_DIR',
    'OIDC_ISSUER',
    'OIDC_CLIENT_ID',
    'OIDC_CLIENT_SECRET',
  ],
  // The portal is exposed to everyone: no key store, no Temporal, no mail.
  portal: [...served, ...spoken, 'PORTAL_URL', 'API_URL', 'VAULT_DIR'],
  worker: [
    ...served,
    ...temporal,
    'WORKER_QUEUES',
    'KEY_STORE_DIR',
    'VAULT_DIR',
    'SCRATCH_DIR',
    'BACKUP_DAYS',
  ],
  courier: [
    ...served,
    ...temporal,
    ...spoken,
    'SMTP_URL',
    'MAIL_FROM',
    'MAIL_REPLY_TO',
    'MAILS_PER_SECOND',
    ...(['BOUNCE_ADDRESS', 'BOUNCE_PORT'] as const),
    ...(['DKIM_DOMAIN', 'DKIM_SELECTOR', 'DKIM_KEY_FILE'] as const),
    'ALERT_TO',
    'PORTAL_URL',
    'LOG_DIR',
  ],
  cli: [
    ...everywhere,
    ...temporal,
    'OWNER_DATABASE_URL',
    'AUDITOR_DATABASE_URL',
    'API_URL',
    'PORTAL_URL',
    'INBOX_URL',
    'LOG_DIR',
  ],
} as const satisfies Record<string, readonly VariableName[]>;

/**
 * Variables of the command line that only some subcommands need: `verify` runs on any machine, without any of them.
 * A subcommand that needs one says so itself.
 */
const OPTIONAL_FOR_CLI = [
  'TEMPORAL_ADDRESS',
  'OWNER_DATABASE_URL',
  'AUDITOR_DATABASE_URL',
  'API_URL',
  'PORTAL_URL',
  'LOG_DIR',
] as const;

export type ProcessKind = keyof typeof VARIABLES_OF;
type Value<N extends VariableName> = z.output<(typeof variables)[N]>;
type OptionalFor<K extends ProcessKind> = K extends 'cli' ? (typeof OPTIONAL_FOR_CLI)[number] : never;

/** The configuration of one kind of process: each variable under its own name, parsed. */
export type Environment<K extends ProcessKind> = {
  readonly [N in (typeof VARIABLES_OF)[K][number]]: N extends OptionalFor<K>
    ? Value<N> | undefined
    : Value<N>;
};

/** Start-up stops with this; its message lists every problem and holds no secret. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(
    kind: ProcessKind,
    readonly problems: readonly string[],
  ) {
    super(
      `The ${kind} cannot start. Correct the environment:\n${problems.map((p) => `  - ${p}`).join('\n')}`,
    );
  }
}

type RawEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * Reads and checks the environment of a process.
 *
 * A variable `X` may also be given as `X_FILE`, the path of a file holding the value, as container secrets are.
 * @throws ConfigurationError naming every missing, malformed or (in production) weak value at once.
 */
export function readEnvironment<K extends ProcessKind>(env: RawEnvironment, kind: K): Environment<K> {
  const problems: string[] = [];
  const values: Partial<Record<VariableName, unknown>> = {};
  for (const name of VARIABLES_OF[kind]) {
    const raw = rawValue(env, name, problems);
    if (raw === UNREADABLE) continue;
    const parsed = schemaFor(kind, name).safeParse(raw);
    if (parsed.success) values[name] = parsed.data;
    else problems.push(describeProblem(name, raw));
  }
  problems.push(...halfGiven(values));
  if (values.PARLEY_ENV === 'production') problems.push(...weaknesses(values));
  if (problems.length > 0) throw new ConfigurationError(kind, problems);
  return values as Environment<K>;
}

const UNREADABLE = Symbol('unreadable');

function rawValue(env: RawEnvironment, name: VariableName, problems: string[]) {
  const given = env[name]?.trim();
  // `X=` in an env file means "not set", as every shell user expects.
  if (given !== undefined && given !== '') return given;
  const file = env[`${name}_FILE`];
  if (file === undefined || file === '') return undefined;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    problems.push(`${name}_FILE: expected a readable file, but ${file} gave ${reason}`);
    return UNREADABLE;
  }
}

function schemaFor(kind: ProcessKind, name: VariableName): z.ZodType {
  const schema = variables[name];
  const isOptional = kind === 'cli' && (OPTIONAL_FOR_CLI as readonly VariableName[]).includes(name);
  return isOptional ? schema.optional() : schema;
}

function describeProblem(name: VariableName, raw: string | undefined): string {
  const { expected, secret } = notesOf(variables[name]);
  if (raw === undefined) return `${name} is not set: expected ${expected}`;
  return `${name}: expected ${expected}; got ${secret ? 'something else (not shown)' : JSON.stringify(raw)}`;
}
