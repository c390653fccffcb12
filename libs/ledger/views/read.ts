// Questions across streams, answered from the read models by keyset pages.
import { In, MoreThan } from 'typeorm';
import type { DataSource } from 'typeorm';
import type { ProjectStatus } from '#libs/domain';
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

/** Which projects of a programme are wanted; all of them where nothing is said. */
export interface ProjectFilter {
  status?: ProjectStatus | undefined;
  lead?: string | undefined;
  /** Something there waits for this person, or for their organisation. */
  waitingFor?: { person: string; organisation: string } | undefined;
}

const IN_STATUS: Record<ProjectStatus, string> = {
  ACTIVE: 'p.closed_at is null and p.suspended_since is null',
  SUSPENDED: 'p.closed_at is null and p.suspended_since is not null',
  CLOSED: 'p.closed_at is not null',
};

/** The projects of a programme that fit, by id. */
export async function projectsOf(
  source: DataSource,
  programme: string,
  page: PageRequest,
  { status, lead, waitingFor }: ProjectFilter = {},
): Promise<Page<ProjectSummary>> {
  const wanted = source
    .getRepository(ProjectViewEntity)
    .createQueryBuilder('p')
    .where('p.programme = :programme and p.id > :after', { programme, after: page.after });
  if (status !== undefined) wanted.andWhere(IN_STATUS[status]);
  if (lead !== undefined) wanted.andWhere('p.lead = :lead', { lead });
  if (waitingFor !== undefined)
    wanted.andWhere(`p.stream in (${WAITING})`, { ...waitingFor, byAnyone: BY_ANYONE });
  const found = await wanted
    .orderBy('p.id')
    .take(page.limit + 1)
    .getMany();
  const items = found.map((row) => ({
    ...{ id: row.id, programme: row.programme, title: row.title, lead: row.lead, startedAt: row.startedAt },
    ...{ suspendedSince: row.suspendedSince, closedAt: row.closedAt, cycle: row.cycle },
  }));
  return cut(items, page.limit);
}

/** What anyone of an organisation can do, not one named person. */
const BY_ANYONE = ['ANSWER', 'DEPOSIT'];
const WAITING =
  'select m.stream from parley.move_view m where m.person = :person or (m.organisation = :organisation and m.what in (:...byAnyone))';

/** What waits for a person, or for anyone of their organisation, oldest first. */
export async function movesOf(source: DataSource, person: string, organisation: string): Promise<OpenMove[]> {
  const found = await source.getRepository(MoveViewEntity).find({
    where: [{ person }, { organisation, what: In(BY_ANYONE) }],
    order: { since: 'ASC', stream: 'ASC', id: 'ASC' },
    take: 200,
  });
  return found.map(({ id: _id, ...move }) => move);
}

function cut<T extends { id: string }>(items: T[], limit: number): Page<T> {
  const kept = items.slice(0, limit);
  return { items: kept, next: items.length > limit ? (kept.at(-1)?.id ?? null) : null };
}
