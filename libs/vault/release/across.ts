// Risk over several releases (T9): who is in both, whether their difference shows a few, and how unique people are in all together.
import type { Engine } from '../engine/engine';
import type { AcrossReleases } from './manifest';
import { loadPeople } from './people';
import type { EarlierRelease, UnitKeys } from './people';

/** Differences of 1 to 9 people are close (DOMAIN § 5, differencing). */
const SMALL = 10;

interface Comparing {
  readonly keys: UnitKeys;
  readonly earlier: readonly EarlierRelease[];
  readonly vaultDir: string;
  readonly directory: string;
}

/** Compares the table `people` with every live or past release, one by one and all at once. */
export async function assessAcross(engine: Engine, work: Comparing): Promise<AcrossReleases> {
  const releases: AcrossReleases['releases'] = [];
  const tables: string[] = [];
  for (const [index, { release, isLive, units }] of work.earlier.entries()) {
    if (units === null) {
      releases.push({ release, isLive, people: null });
      continue;
    }
    const table = `earlier${index + 1}`;
    await loadPeople(engine, table, { ...work, release, units });
    releases.push({ release, isLive, people: await compared(engine, table) });
    tables.push(table);
  }
  return { releases, together: await together(engine, tables) };
}

type Compared = NonNullable<AcrossReleases['releases'][number]['people']>;

async function compared(engine: Engine, table: string): Promise<Compared> {
  const figures = await engine.figures(
    `select (select count(*) from people) as here, (select count(*) from ${table}) as there,
      (select count(*) from people join ${table} using (u)) as shared`,
  );
  const { here = 0, there = 0, shared = 0 } = figures;
  const [onlyHere, onlyThere] = [here - shared, there - shared];
  const { groups = 0 } = await engine.figures(closeGroups(table));
  const isClose = shared > 0 && Math.min(onlyHere, onlyThere) === 0 && isFew(Math.max(onlyHere, onlyThere));
  return { both: shared, onlyHere, onlyThere, isClose, closeGroups: groups };
}

const isFew = (people: number): boolean => people > 0 && people < SMALL;

/** Groups of one release that contain a group of the other, and differ from it by a few people. */
function closeGroups(table: string): string {
  return `with h as (select g, count(*) as n from people group by g), t as (select g, count(*) as n from ${table} group by g),
    s as (select p.g as hg, o.g as tg, count(*) as n from people p join ${table} o using (u) group by all)
    select count(*) as groups from s join h on h.g = s.hg join t on t.g = s.tg
    where s.n = least(h.n, t.n) and h.n <> t.n and abs(h.n - t.n) < ${SMALL}`;
}

/** If somebody joined all releases, how small the smallest group and how many people alone in theirs would be. */
async function together(engine: Engine, tables: readonly string[]): Promise<AcrossReleases['together']> {
  const joins = tables.map((table) => `left join ${table} using (u)`).join(' ');
  const groups = ['people', ...tables].map((table) => `${table}.g`).join(', ');
  const figures = await engine.figures(
    `select coalesce(min(n), 0) as smallest, count(*) filter (where n = 1) as alone
      from (select count(*) as n from people ${joins} group by ${groups})`,
  );
  return {
    releases: tables.length + 1,
    smallestGroup: figures['smallest'] ?? 0,
    alone: figures['alone'] ?? 0,
  };
}
