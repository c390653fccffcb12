// How identifiable a release is, in figures for those who sign it: smallest groups and how many are small.
import type { Engine } from '../engine/engine';
import { columnAt } from '../engine/tables';
import type { FileColumn } from '../grant/columns';
import type { DataSpec } from '../grant/spec';
import type { ReleaseAssessment } from './manifest';

/** Groups below this many people are counted as small: the floor of the frequency rule (DOMAIN § 5). */
const SMALL = 10;

/** Assesses the table `release`. */
export async function assess(
  engine: Engine,
  spec: DataSpec,
  columns: readonly FileColumn[],
): Promise<ReleaseAssessment> {
  const quasi = columns.flatMap((column, index) =>
    isQuasiIdentifier(column) ? [{ column, at: columnAt(index) }] : [],
  );
  const people = peopleOf(spec, columns);
  const groups = quasi.length === 0 ? '' : `group by ${quasi.map(({ at }) => at).join(', ')}`;
  const { smallest, unique, small } = await engine.figures(
    `select coalesce(min(n), 0) as smallest, count(*) filter (where n = 1) as unique,
      count(*) filter (where n < ${SMALL}) as small from (select ${people} as n from release ${groups})`,
  );
  const { total } = await engine.figures(`select ${people} as total from release`);
  return {
    people: total ?? 0,
    smallestGroup: smallest ?? 0,
    quasiIdentifiers: quasi.map(({ column }) => column.name),
    uniqueGroups: unique ?? 0,
    smallGroups: small ?? 0,
  };
}

function isQuasiIdentifier({ field, part }: FileColumn): boolean {
  if (part === 'dimension') return true;
  return part === 'field' && (field.quasiIdentifier ?? field.type === 'category');
}

function peopleOf(spec: DataSpec, columns: readonly FileColumn[]): string {
  const at = (found: (column: FileColumn) => boolean) => columnAt(columns.findIndex(found));
  if (spec.level === 'CELLS') return `cast(coalesce(sum(${at(({ part }) => part === 'n')}), 0) as bigint)`;
  const hasPseudonym = columns.some(({ field }) => field.type === 'pseudonym');
  return hasPseudonym ? `count(distinct ${at(({ field }) => field.type === 'pseudonym')})` : 'count(*)';
}
