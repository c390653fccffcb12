// Every environment variable Parley reads, each with its rule and the words a start-up error uses for it.
import path from 'node:path';
import { z } from 'zod';

/** What a start-up error says about a variable; a `secret` value is never printed. */
export interface VariableNotes {
  readonly expected: string;
  readonly secret?: true;
}

const notes = new WeakMap<z.ZodType, VariableNotes>();

/** The notes of one variable of {@link variables}. */
export function notesOf(schema: z.ZodType): VariableNotes {
  return notes.get(schema) ?? { expected: 'a valid value' };
}

function variable<T extends z.ZodType>(schema: T, about: VariableNotes): T {
  notes.set(schema, about);
  return schema;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function url(protocols: readonly string[]) {
  return z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol));
}

function webUrl(of: string) {
  // Links are built as `${PORTAL_URL}/path`, so a trailing slash would double.
  const schema = url(['http:', 'https:']).transform((value) => value.replace(/\/+$/, ''));
  return { schema, about: { expected: `the address of ${of}, such as https://parley.example.org` } };
}

function directory(of: string) {
  // Relative directories would depend on where a process happens to be started.
  return variable(
    z.string().refine((value) => path.isAbsolute(value)),
    {
      expected: `the absolute path of the directory for ${of}`,
    },
  );
}

function web(of: string) {
  const { schema, about } = webUrl(of);
  return variable(schema, about);
}

function optionalWeb(of: string) {
  const { schema, about } = webUrl(of);
  return variable(schema.optional(), about);
}

function databaseUrl(role: string) {
  return variable(url(['postgres:', 'postgresql:']), {
    expected: `the Postgres URL of ${role}, such as postgres://role:password@host:5432/parley`,
    secret: true,
  });
}

const mailbox = z.string().regex(/^[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/);
const temporalAddress = z.string().regex(/^[^\s:/]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/);
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export const TASK_QUEUES = ['default', 'analysis'] as const;
export type TaskQueue = (typeof TASK_QUEUES)[number];

/** The task queues one worker process serves, written as `default`, `analysis` or `default,analysis`. */
const taskQueues = z
  .string()
  .transform((value) => value.split(',').map((name) => name.trim()))
  .pipe(z.array(z.enum(TASK_QUEUES)).min(1));

export const variables = {
  // Production is the default: a forgotten setting must never loosen a rule.
  PARLEY_ENV: variable(z.enum(['development', 'production', 'test']).default('production'), {
    expected: 'development, production or test',
  }),
  LOG_LEVEL: variable(z.enum(LOG_LEVELS).default('info'), { expected: `one of ${LOG_LEVELS.join(', ')}` }),
  PORT: variable(z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(1).max(65535)), {
    expected: 'a TCP port from 1 to 65535',
  }),

  DATABASE_URL: databaseUrl("this process's own role"),
  OWNER_DATABASE_URL: databaseUrl('the owner role parley_owner, which applies migrations'),
  AUDITOR_DATABASE_URL: databaseUrl('the read-only role parley_auditor'),

  TEMPORAL_ADDRESS: variable(temporalAddress, {
    expected: 'host:port of the Temporal frontend, such as 127.0.0.1:7233',
  }),
  TEMPORAL_NAMESPACE: variable(z.string().min(1).default('default'), {
    expected: 'the name of a Temporal namespace',
  }),
  TEMPORAL_UI_URL: optionalWeb("Temporal's web page"),
  WORKER_QUEUES: variable(taskQueues, { expected: `task queues out of ${TASK_QUEUES.join(', ')}` }),

  SMTP_URL: variable(url(['smtp:', 'smtps:']), {
    expected: 'the mail server, such as smtps://user:password@mail.example.org:465',
    secret: true,
  }),
  MAIL_FROM: variable(mailbox, { expected: 'the sender, such as Parley <parley@example.org>' }),
  MAIL_REPLY_TO: variable(mailbox.optional(), {
    expected: 'where answers to mails go, such as Help desk <help@example.org>',
  }),

  ALERT_TO: variable(
    z
      .string()
      .default('')
      .transform((value) =>
        value
          .split(',')
          .map((address) => address.trim())
          .filter((address) => address !== ''),
      )
      .pipe(z.array(mailbox)),
    { expected: 'who is told by mail when gates are closed, such as ops@example.org, security@example.org' },
  ),
  MAILS_PER_SECOND: variable(
    z.string().regex(/^\d+$/).default('100').transform(Number).pipe(z.int().min(1).max(10_000)),
    { expected: 'how many mails the mail server takes in a second, from 1 to 10000 (default 100)' },
  ),

  BOUNCE_ADDRESS: variable(
    z
      .string()
      .regex(/^[^\s<>@+]+@[^\s<>@]+$/)
      .optional(),
    {
      expected:
        'where mail comes back, such as bounces@example.org; its mail, also with +…, has to reach BOUNCE_PORT',
    },
  ),
  BOUNCE_PORT: variable(
    z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(1).max(65535)).optional(),
    {
      expected: 'the TCP port at which the courier takes mail that comes back',
    },
  ),
  DKIM_DOMAIN: variable(
    z
      .string()
      .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/)
      .optional(),
    {
      expected: 'the domain that signs mails (DKIM), such as example.org',
    },
  ),
  DKIM_SELECTOR: variable(
    z
      .string()
      .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/)
      .optional(),
    {
      expected: 'the selector under which the domain publishes its key, such as parley2027',
    },
  ),
  DKIM_KEY_FILE: variable(
    z
      .string()
      .refine((value) => path.isAbsolute(value))
      .optional(),
    {
      expected: 'the absolute path of the private key in PEM that signs mails',
    },
  ),

  LOCALE: variable(
    z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/)
      .default('en-GB'),
    {
      expected: 'the language of pages and mails where a person prefers none that is spoken, such as en-GB',
    },
  ),
  TIME_ZONE: variable(z.string().refine(isTimeZone).default('Europe/London'), {
    expected: 'the time zone in which pages and mails say dates, such as Europe/London',
  }),

  PORTAL_URL: web('the portal as people reach it'),
  API_URL: web('the admin API as organisations reach it'),
  INBOX_URL: optionalWeb('the development mail inbox'),

  OIDC_ISSUER: optionalWeb('the OpenID Connect provider at which account holders sign in'),
  OIDC_CLIENT_ID: variable(z.string().min(1).optional(), {
    expected: 'the client id the provider gave Parley',
  }),
  OIDC_CLIENT_SECRET: variable(z.string().min(1).optional(), {
    expected: 'the client secret the provider gave Parley',
    secret: true,
  }),

  KEY_STORE_DIR: directory('key parts, which lies outside the database and its backups'),
  LOG_DIR: directory("the log's signing key and last signed head, outside the database and its backups"),
  VAULT_DIR: directory('encrypted objects'),
  SCRATCH_DIR: directory('short-lived plain text, preferably on tmpfs'),
  BACKUP_DAYS: variable(
    z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(0).max(36_500)).optional(),
    {
      expected:
        'how many days backups of the database and of VAULT_DIR are kept, which certificates of destruction say',
    },
  ),
} as const;

export type VariableName = keyof typeof variables;
