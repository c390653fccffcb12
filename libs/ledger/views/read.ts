// Questions across streams, answered from the read models by keyset pages.
import { In, MoreThan } from 'typeorm';
import type { DataSource } from 'typeorm';
import { MoveViewEntity, ProgrammeViewEntity, ProjectViewEntity } from './entities';

export interface Page<T> {
  items: T[];
  /** Key of the last item, to be given as `after`; null on the last page. */
  next: string | null;
}

export interface PageRequest {
  after: string;
  limit: number;
}

export interface ProgrammeSummary {
  id: string;
  /** Commitment; the text is resolved beside it. */
  name: string;
  agreement: string | null;
}

export interface ProjectSummary {
  id: string;
  programme: string;
  /** Commitment; the text is resolved beside it. */
  title: string;
  lead: string;
  startedAt: string;
  suspendedSince: string | null;
  closedAt: string | null;
  cycle: string | null;
}

/** Something one person, or one organisation's people, are asked to do. */
export interface OpenMove {
  stream: string;
  what: string;
  about: string;
  round: number;
  person: string | null;
  organisation: string | null;
  since: string;
  deadline: string | null;
}

/** Programmes by id; `only` limits them to the given ids. */
export async function programmes(
  source: DataSource,
  page: PageRequest,
  only: string[] | null,
): Promise<Page<ProgrammeSummary>> {
  const found = await source.getRepository(ProgrammeViewEntity).find({
    where: only === null ? { id: MoreThan(page.after) } : { id: MoreThan(page.after), stream: In(only) },
    order: { id: 'ASC' },
    take: page.limit + 1,
  });
  return cut(
    found.map(({ id, name, agreement }) => ({ id, name, agreement })),
    page.limit,
  );
}

/** The projects of one programme by id. */
export async function projectsOf(
  source: DataSource,
  programme: string,
  page: PageRequest,
): Promise<Page<ProjectSummary>> {
  const found = await source.getRepository(ProjectViewEntity).find({
    where: { programme, id: MoreThan(page.after) },
    order: { id: 'ASC' },
    take: page.limit + 1,
  });
  const items = found.map((row) => ({
    ...{ id: row.id, programme: row.programme, title: row.title, lead: row.lead, startedAt: row.startedAt },
    ...{ suspendedSince: row.suspendedSince, closedAt: row.closedAt, cycle: row.cycle },
  }));
  return cut(items, page.limit);
}

/** What waits for a person, or for anyone of their organisation, oldest first. */
export async function movesOf(source: DataSource, person: string, organisation: string): Promise<OpenMove[]> {
  const found = await source.getRepository(MoveViewEntity).find({
    where: [{ person }, { organisation, what: In(['ANSWER', 'DEPOSIT']) }],
    order: { since: 'ASC', stream: 'ASC', id: 'ASC' },
    take: 200,
  });
  return found.map(({ id: _id, ...move }) => move);
}

function cut<T extends { id: string }>(items: T[], limit: number): Page<T> {
  const kept = items.slice(0, limit);
  return { items: kept, next: items.length > limit ? (kept.at(-1)?.id ?? null) : null };
}
