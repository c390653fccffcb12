// Questions across streams, answered from the read models by keyset pages.
import { In, MoreThan } from 'typeorm';
import type { DataSource } from 'typeorm';
import type { ProjectStatus } from '#libs/domain';
import { ProgrammeViewEntity, ProjectViewEntity } from './entities';

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
  tempo: string;
}

/** Who asks what waits for them: a person, for the organisation and in the roles they hold now. */
export interface Asker {
  person: string;
  organisation: string;
  roles: string[];
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
  /** Something there may be waiting for this person: whether it is, is judged from the project's state. */
  waitingFor?: Asker | undefined;
}

const IN_STATUS: Record<ProjectStatus, string> = {
  ACTIVE: 'p.closed_at is null and p.suspended_since is null',
  SUSPENDED: 'p.closed_at is null and p.suspended_since is not null',
  CLOSED: 'p.closed_at is not null',
};

/** The projects of a programme that fit: those in a shock first (B47), then by id. */
export async function projectsOf(
  source: DataSource,
  programme: string,
  page: PageRequest,
  { status, lead, waitingFor }: ProjectFilter = {},
): Promise<Page<ProjectSummary>> {
  const wanted = source
    .getRepository(ProjectViewEntity)
    .createQueryBuilder('p')
    .where('p.programme = :programme', { programme });
  const [tempo, id] = page.after.split('/');
  if (id !== undefined)
    wanted.andWhere('(p.tempo < :tempo or (p.tempo = :tempo and p.id > :id))', { tempo, id });
  if (status !== undefined) wanted.andWhere(IN_STATUS[status]);
  if (lead !== undefined) wanted.andWhere('p.lead = :lead', { lead });
  if (waitingFor !== undefined)
    wanted.andWhere(`p.stream in (select m.stream from parley.move_view m where ${MEANT})`, waitingFor);
  const found = await wanted
    .orderBy('p.tempo', 'DESC')
    .addOrderBy('p.id')
    .take(page.limit + 1)
    .getMany();
  const items = found.map((row) => ({
    ...{ id: row.id, programme: row.programme, title: row.title, lead: row.lead, startedAt: row.startedAt },
    ...{ suspendedSince: row.suspendedSince, closedAt: row.closedAt, cycle: row.cycle, tempo: row.tempo },
  }));
  return cut(items, page.limit, ({ tempo: own, id: last }) => `${own}/${last}`);
}

/** A row names a person, or anybody of an organisation (of any, where it names none) with one of its roles. */
const MEANT = `(m.person = :person
  or m.person is null and (m.organisation is null or m.organisation = :organisation)
     and (m.roles is null or m.roles ?| array[:...roles]::text[]))`;

/**
 * The streams that may be waiting for somebody: in a shock first, then where more than a lead's next step may be due, then the
 * oldest. What each waits for is told by its state.
 */
export async function streamsWaitingFor(
  source: DataSource,
  { person, organisation, roles }: Asker,
  { after, limit }: PageRequest,
): Promise<Page<{ id: string }>> {
  const rows = await source.query<{ id: string; urgency: string }[]>(WAITING_STREAMS, [
    ...[person, organisation, roles],
    ...[after, limit + 1],
  ]);
  const page = cut(rows, limit, ({ urgency }) => urgency);
  return { items: page.items.map(({ id }) => ({ id })), next: page.next };
}

/** Each stream with one text that sorts as it should be shown, and names it. */
const WAITING_STREAMS = `
  select w.id, w.urgency from (
    select m.stream as id, concat(case when max(p.tempo) = 'SHOCK' then 0 else 1 end, ' ',
             case when bool_or(m.what <> 'LEAD') then 0 else 1 end, ' ', min(m.since), ' ', m.stream) as urgency
      from parley.move_view m left join parley.project_view p on p.stream = m.stream
     where m.person = $1
        or m.person is null and (m.organisation is null or m.organisation = $2) and (m.roles is null or m.roles ?| $3)
     group by m.stream) w
   where w.urgency > $4 order by w.urgency limit $5`;

function cut<T extends { id: string }>(
  items: T[],
  limit: number,
  keyOf: (item: T) => string = ({ id }) => id,
): Page<T> {
  const kept = items.slice(0, limit);
  const last = kept.at(-1);
  return { items: kept, next: last && items.length > limit ? keyOf(last) : null };
}
