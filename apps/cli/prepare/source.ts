// What is read from the holder's raw file for a grant: its columns, and whose record each row is.
import type { DataSpec } from '#libs/vault';
import type { Plan } from './plan';
import { PrepareRefused } from './refused';

export interface Source {
  /** The columns to read, as a grant of rows; anything goes in them, for the result is checked, not the source. */
  readonly reads: DataSpec;
  /** The position of a raw column among those read. */
  at(column: string): number;
  /** The raw column whose values become pseudonyms: of the person, or of the household in a grant of households. */
  readonly unit: string | null;
  /** Raw columns that are counted and never leave: the person and the organisation of aggregated rows. */
  readonly counts: readonly string[];
}

/** The raw column of a granted field. */
export function columnOf(plan: Plan, field: string): string {
  return plan.fields[field]?.from ?? field;
}

/** Which columns of the raw file the grant and the plan need. */
export function sourceOf(spec: DataSpec, plan: Plan): Source {
  refuseUnknownFields(spec, plan);
  const unit = unitOf(spec, plan);
  const counts = countedIn(spec, plan);
  const fields = spec.fields
    // A count of members is made from the members, not read.
    .filter(({ name, type }) => type !== 'pseudonym' && plan.fields[name]?.combine !== 'COUNT')
    .map(({ name }) => columnOf(plan, name));
  const others = [unit, ...counts, ...plan.rows.map(({ column }) => column)];
  const all = [...new Set([...fields, ...others.filter((name) => name !== null)])];
  return {
    reads: {
      level: 'ROWS',
      fields: all.map((name) => ({ name, type: 'text' })),
      dimensions: [],
      sums: [],
      ...(spec.maxRows === undefined ? {} : { maxRows: 20_000_000 }),
    },
    at: (column) => all.indexOf(column),
    ...{ unit, counts },
  };
}

/** Whether the prepared file tells of several raw rows in one of its own. */
export const isAggregated = ({ level, granularity }: DataSpec): boolean =>
  level === 'CELLS' || granularity === 'HOUSEHOLD';

function countedIn(spec: DataSpec, plan: Plan): string[] {
  if (!isAggregated(spec)) return [];
  const { organisations } = spec;
  const organisation =
    spec.level === 'CELLS' && organisations !== undefined
      ? [plan.organisation ?? columnOf(plan, organisations)]
      : [];
  return [...(plan.person === undefined ? [] : [plan.person]), ...organisation];
}

/** Whose pseudonym the grant has: the person's, or the household's. */
function unitOf(spec: DataSpec, plan: Plan): string | null {
  const pseudonym = spec.fields.find(({ type }) => type === 'pseudonym');
  if (spec.granularity === 'HOUSEHOLD') {
    if (plan.household !== undefined) return plan.household;
    throw new PrepareRefused(
      'The grant is for households. Say in the plan which column identifies them: "household".',
    );
  }
  if (pseudonym && plan.person === undefined) {
    throw new PrepareRefused(
      `The grant has the pseudonym "${pseudonym.name}". Say which column identifies people: --pseudonym <column>.`,
    );
  }
  if (!pseudonym && plan.person !== undefined && spec.level === 'ROWS') {
    throw new PrepareRefused(
      'The grant has no pseudonym, so nobody is identified in it. Leave --pseudonym out.',
    );
  }
  return pseudonym ? (plan.person ?? null) : null;
}

function refuseUnknownFields(spec: DataSpec, plan: Plan): void {
  const unknown = Object.keys(plan.fields).find((name) => !spec.fields.some((field) => field.name === name));
  if (unknown === undefined) return;
  throw new PrepareRefused(`The plan makes "${unknown}", which is not granted. Leave it out.`);
}
