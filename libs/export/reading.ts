// What an export reads from the ledger, page by page, so that its memory does not grow with the project.
import type { DataSource } from 'typeorm';

/** Both streams up to the versions an export shows. */
export interface UpTo {
  programme: { id: string; version: number };
  project: { id: string; version: number };
}

export interface EntryRow {
  stream: string;
  version: number;
  hash: string;
  text: string;
}

export interface LoggedRow extends EntryRow {
  position: number;
  type: string;
}

const PAGE = 2_000;

/** Each page is asked for while the one before it is worked on. */
async function* ahead<T>(pages: AsyncGenerator<T>): AsyncGenerator<T> {
  const asked = () => {
    const page = pages.next();
    // Whoever stops before the end never asks what became of the next one.
    page.catch(() => undefined);
    return page;
  };
  for (let next = asked(); ;) {
    const page = await next;
    if (page.done === true) return;
    next = asked();
    yield page.value;
  }
}

/** The programme's entries, then the project's, each in order. */
export const entriesOf = (source: DataSource, upTo: UpTo): AsyncGenerator<EntryRow[]> =>
  ahead(entryPages(source, upTo));

async function* entryPages(source: DataSource, { programme, project }: UpTo): AsyncGenerator<EntryRow[]> {
  for (const { id, version } of [programme, project]) {
    for (let after = 0; after < version; after += PAGE)
      yield await source.query<EntryRow[]>(
        `select stream, version, hash, text from parley.events
           where stream = $1 and version > $2 and version <= $3 order by version`,
        [id, after, Math.min(after + PAGE, version)],
      );
  }
}

/** The entries of both streams in the order of the log. All of them are in it. */
export const loggedEntriesOf = (source: DataSource, upTo: UpTo): AsyncGenerator<LoggedRow[]> =>
  ahead(loggedPages(source, upTo));

async function* loggedPages(source: DataSource, { programme, project }: UpTo): AsyncGenerator<LoggedRow[]> {
  const sql = `select l.position, e.stream, e.version, e.hash, e.type, e.text
      from parley.log_entries l join parley.events e on (e.stream, e.version) = (l.stream, l.version)
      where l.position > $1 and (l.stream, l.version) in (
        select stream, version from parley.log_entries
          where position > $1 and ((stream = $2 and version <= $3) or (stream = $4 and version <= $5))
          order by position limit ${PAGE})
      order by l.position`;
  for (let after = -1; ;) {
    const parameters = [after, programme.id, programme.version, project.id, project.version];
    const rows = await source.query<(Omit<LoggedRow, 'position'> & { position: string })[]>(sql, parameters);
    if (rows.length === 0) return;
    const page = rows.map((row) => ({ ...row, position: Number(row.position) }));
    yield page;
    after = page.at(-1)?.position ?? after;
  }
}

/** The entries at these places of the log, which are given in order. */
export async function* entriesAt(
  source: DataSource,
  places: readonly number[],
): AsyncGenerator<Pick<LoggedRow, 'position' | 'text'>[]> {
  for (let from = 0; from < places.length; from += PAGE) {
    const rows = await source.query<{ position: string; text: string }[]>(
      `select l.position, e.text from parley.log_entries l
         join parley.events e on (e.stream, e.version) = (l.stream, l.version)
         where l.position = any ($1::bigint[]) order by l.position`,
      [places.slice(from, from + PAGE)],
    );
    yield rows.map(({ position, text }) => ({ position: Number(position), text }));
  }
}

export interface Opening {
  commitment: string;
  salt: string;
  text: string;
}

/** Salt and text behind commitments, in the order of the commitments; erased ones are missing. */
export const openingsOf = (source: DataSource, commitments: string[]): Promise<Opening[]> =>
  source.query(
    `select o.commitment, o.salt, o.text from unnest($1::text[]) with ordinality c (id, n)
       join parley.openings o on o.commitment = c.id where o.text is not null order by c.n`,
    [commitments],
  );

/** Of these ids, those of signed contents that are not erased. */
export async function contentsAmong(source: DataSource, ids: string[]): Promise<string[]> {
  const rows = await source.query<{ id: string }[]>(
    'select id from parley.content where id = any ($1) and bytes is not null order by id',
    [ids],
  );
  return rows.map(({ id }) => id);
}

export async function contentBytes(source: DataSource, id: string): Promise<Buffer> {
  const sql = 'select bytes from parley.content where id = $1';
  const [row] = await source.query<{ bytes: Buffer | null }[]>(sql, [id]);
  if (row?.bytes == null)
    throw new Error(`The content ${id} was erased while it was exported; export again.`);
  return row.bytes;
}
