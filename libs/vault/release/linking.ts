// A linked release: holders' rows joined by the pseudonyms that only the linkage made the same (B8), published rows beside them.
import type { Engine } from '../engine/engine';
import { columnAt } from '../engine/tables';
import type { FieldSpec } from '../grant/fields';
import type { DataSpec, GrantSpec } from '../grant/spec';
import { VaultRefusal } from '../objects/failures';
import type { ReleaseManifest } from './manifest';

/** A deposit as it joins in. `source` names it in the fields of which several have one. */
export interface Joining {
  readonly deposit: string;
  readonly source: string;
  readonly grant: GrantSpec;
  /** Published rows are about areas and organisations: they name nobody, and are joined by the fields that others have too. */
  readonly isPublished?: boolean;
}

/** What a linked release is released as: one pseudonym, then every granted field of every source, and what published rows add. */
export function linkedSpec(joining: readonly Joining[]): DataSpec {
  const [pseudonym] = peopleIn(joining).flatMap(({ grant }) => pseudonymOf(grant.releaseAs) ?? []);
  const refused = peopleIn(joining).find(({ grant: { releaseAs } }) => pseudonymOf(releaseAs) === null);
  if (refused || !pseudonym || joining.length < 2)
    throw cannot(
      `only rows with a pseudonym can be linked, and deposit ${refused?.deposit ?? joining[0]?.deposit ?? ''} has none or is alone`,
    );
  const carried = carriedBy(joining);
  const fields = carried.map(({ source, field }) => {
    const isShared = carried.filter((other) => other.field.name === field.name).length > 1;
    // Not everybody is in every source, so nothing is required of a linked row.
    return { ...field, required: false, name: isShared ? `${source}.${field.name}` : field.name };
  });
  return {
    level: 'ROWS',
    fields: [{ ...pseudonym, name: 'person', unique: false }, ...fields],
    dimensions: [],
    sums: [],
  };
}

const peopleIn = (joining: readonly Joining[]) => joining.filter(({ isPublished }) => !isPublished);

const pseudonymOf = ({ level, fields }: DataSpec): FieldSpec | null =>
  (level === 'ROWS' && fields.find(({ type }) => type === 'pseudonym')) || null;

const fieldsOf = ({ releaseAs }: GrantSpec): FieldSpec[] =>
  releaseAs.fields.filter(({ type }) => type !== 'pseudonym');

/** A field of the deposit at `index`, as the column that the table `linked<index + 1>` has it in. */
interface Carried {
  readonly source: string;
  readonly field: FieldSpec;
  readonly at: string;
}

const columnsOf = (joining: readonly Joining[], index: number): Carried[] => {
  const { source, grant } = joining[index]!;
  return fieldsOf(grant).map((field, at) => ({ source, field, at: `linked${index + 1}.f${at + 1}` }));
};

/** Every field of every deposit, in order; what a published one is joined by stands there already. */
const carriedBy = (joining: readonly Joining[]): Carried[] =>
  joining.flatMap((each, index) => {
    if (!each.isPublished) return columnsOf(joining, index);
    const keys = keysOf(joining, index).map(({ name }) => name);
    return columnsOf(joining, index).filter(({ field }) => !keys.includes(field.name));
  });

/** What the published deposit at `index` is joined by, on both sides. */
function keysOf(joining: readonly Joining[], index: number): { name: string; here: string; there: string }[] {
  const { deposit, grant } = joining[index]!;
  const others = joining.flatMap((each, at) => (each.isPublished ? [] : columnsOf(joining, at)));
  const keys = columnsOf(joining, index).flatMap(({ field: { name }, at: here }) => {
    const [there, another] = others.filter(({ field }) => field.name === name);
    if (another)
      throw cannot(
        `several of its deposits have "${name}", by which the published ${deposit} is to be joined`,
      );
    return there ? [{ name, here, there: there.at }] : [];
  });
  if (keys.length === 0 || grant.releaseAs.level !== 'ROWS')
    throw cannot(`the published ${deposit} has no rows with a field that the others have too`);
  return keys;
}

const cannot = (why: string) =>
  new VaultRefusal('NOT_CONFORMING', `A linked release cannot be made: ${why}. Name other requests.`);

/**
 * Joins the tables `linked1`, `linked2`, … (p, then the fields of each source) into `basis` (p, c1…cn): everybody who is in
 * any, beside each what was published of their area or organisation. More than one of them with several rows a person, or
 * several published rows of one area, would multiply rows that nobody granted.
 */
export async function join(
  engine: Engine,
  joining: readonly Joining[],
): Promise<{ linkage: NonNullable<ReleaseManifest['linkage']>; isOneRowEach: boolean }> {
  const of = joining.map((each, index) => ({ ...each, index, table: `linked${index + 1}` }));
  const tables = of.filter(({ isPublished }) => !isPublished);
  const people: { deposit: string; people: number }[] = [];
  let several = 0;
  for (const { deposit, table } of tables) {
    const figures = await engine.figures(
      `select count(*) as rows, count(distinct p) as people from ${table}`,
    );
    people.push({ deposit, people: figures['people'] ?? 0 });
    if ((figures['rows'] ?? 0) > (figures['people'] ?? 0)) several += 1;
  }
  if (several > 1)
    throw cannot('several of its deposits have more than one row a person, which would multiply their rows');
  const beside = of
    .filter(({ isPublished }) => isPublished)
    .map((each) => ({ ...each, keys: keysOf(joining, each.index) }));
  for (const each of beside) await refuseRepeated(engine, each);
  const [first, ...others] = tables.map(({ table }) => table);
  const joins = [
    ...others.map((table) => `full join ${table} using (p)`),
    ...beside.map(({ table, keys }) => `left join ${table} on ${keys.map(isSame).join(' and ')}`),
  ];
  const from = `${first} ${joins.join(' ')}`;
  const columns = carriedBy(joining).map(({ at }, index) => `${at} as ${columnAt(index + 1)}`);
  await engine.run(`create table basis as select p, p as c1, ${columns.join(', ')} from ${from}`);
  const isInAll = tables.map(({ table }) => `p in (select p from ${table})`).join(' and ');
  const { n = 0 } = await engine.figures(`select count(distinct p) as n from basis where ${isInAll}`);
  const published = await foundBeside(engine, beside, from);
  return {
    linkage: { people, inAll: n, ...(published.length > 0 ? { published } : {}) },
    isOneRowEach: several === 0,
  };
}

type Beside = Pick<Joining, 'deposit'> & { table: string; keys: ReturnType<typeof keysOf> };

const isSame = ({ here, there }: Beside['keys'][number]): string =>
  `cast(${here} as varchar) = cast(${there} as varchar)`;

async function refuseRepeated(engine: Engine, { deposit, table, keys }: Beside): Promise<void> {
  const by = keys.map(({ here }) => here).join(', ');
  const { n = 0 } = await engine.figures(
    `select count(*) as n from (select 1 from ${table} group by ${by} having count(*) > 1)`,
  );
  if (n > 0)
    throw cannot(
      `the published ${deposit} has several rows of one ${keys.map(({ name }) => name).join(', ')}`,
    );
}

/** Of how many rows each published deposit says something. */
async function foundBeside(engine: Engine, beside: readonly Beside[], from: string) {
  const found: NonNullable<NonNullable<ReleaseManifest['linkage']>['published']> = [];
  for (const { deposit, table, keys } of beside) {
    const figures = await engine.figures(
      `select count(*) as rows, count(${table}.found) as found from ${from}`,
    );
    const by = keys.map(({ name }) => name);
    found.push({ deposit, by, rows: figures['rows'] ?? 0, found: figures['found'] ?? 0 });
  }
  return found;
}

/** The statement that keeps a source's granted fields: beside the pseudonym they are joined by, or as published. */
export function joiningTable(index: number, grant: GrantSpec, value: (name: string) => string): string {
  const values = fieldsOf(grant).map((field, at) => `${value(field.name)} as f${at + 1}`);
  const pseudonym = pseudonymOf(grant.releaseAs);
  const first = pseudonym ? `${value(pseudonym.name)} as p` : 'true as found';
  return `create table linked${index + 1} as select ${[first, ...values].join(', ')} from deposit`;
}
