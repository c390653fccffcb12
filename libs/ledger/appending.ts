// The ways an entry gets into the ledger, each one SQL function, and the one statement that carries everything a command writes.
import type { QueryRunner } from 'typeorm';
import type { MailOrder } from '#libs/domain';
import type { Answer } from './refused';
import type { DraftContent, DraftText } from './types';
import type { ViewChanges } from './views';

/** How a command's entries are appended. `sql` yields one jsonb `{ok, …}`; it sees $1 stream, $2 texts, and its own from $8 on. */
export interface Way {
  sql: string;
  parameters: unknown[];
}

const entries = (from: string): string =>
  `(select jsonb_build_object('ok', true, 'entries', jsonb_agg(to_jsonb(a) order by a.version)) from ${from} a)`;

export const byWhitelist: Way = { sql: entries('parley.append_events($1, $2)'), parameters: [] };

export const byToken = (token: string, code: string | null): Way => ({
  sql: 'parley.record_decision($8, $9, $2)',
  parameters: [token, code],
});

export const byCredential = (secret: string): Way => ({
  sql: 'parley.record_account_decision($8, $2)',
  parameters: [secret],
});

/** What a person says for themselves alone, on showing their own token. */
export const byOwnWord = (secret: string): Way => ({
  sql: 'parley.record_own_word($8, $2)',
  parameters: [secret],
});

export interface Writing {
  stream: string;
  texts: string[];
  /** The version the stream will have. */
  version: number;
  contents: DraftContent[];
  openings: DraftText[];
  mails: MailOrder[];
  /** B47: mails of a project in a shock go out before others. */
  isUrgent: boolean;
  /** Whether the stream's workflow has to look. */
  stirs: boolean;
  /** What changes in the read models. */
  views: ViewChanges;
}

/** Entries, contents, texts, outbox rows and read models in one round trip; the rest is written only if the entries were. */
export async function write(runner: QueryRunner, way: Way, writing: Writing): Promise<Answer> {
  const rows = (await runner.query(
    `with appended as materialized (select ${way.sql} as answer, array_length($2::text[], 1))
     select answer, parley.write_beside(answer, $1, $3, $4, $5, $6, $7) from appended`,
    [
      writing.stream,
      writing.texts,
      writing.contents.map(({ id }) => id),
      writing.contents.map(({ bytes }) => bytes),
      JSON.stringify(writing.openings),
      JSON.stringify(outboxRows(writing)),
      JSON.stringify(writing.views),
      ...way.parameters,
    ],
  )) as { answer: Answer }[];
  const answer = rows[0]?.answer;
  if (answer === undefined) throw new Error('The ledger gave no answer; nothing was recorded.');
  return answer;
}

/** A wake for the stream's workflow if it has to look, and each mail under a key of its own, so that nothing is sent for twice. */
function outboxRows({ stream, version, mails, isUrgent: urgent, stirs }: Writing) {
  const wake = { key: `wake/${stream}/${version}`, kind: 'wake', version, mail: null, urgent };
  return [
    ...(stirs ? [wake] : []),
    ...mails.map((mail, index) => ({
      key: mailKey(stream, version, mail, index),
      kind: 'mail',
      version,
      mail,
      urgent,
    })),
  ];
}

function mailKey(stream: string, version: number, mail: MailOrder, index: number): string {
  const { purpose, person, about, round, count } = mail;
  return ['mail', stream, version, index, purpose, person, about, round, count].join('/');
}
