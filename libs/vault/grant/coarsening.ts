// The engine only coarsens: what is released is a part of what is deposited, at the same or a coarser level.
import type { FieldSpec } from './fields';
import { PRECISIONS } from './times';
import type { DataSpec, Tier } from './spec';

interface Granted {
  readonly depositAs: DataSpec;
  readonly releaseAs: DataSpec;
  readonly tier: Tier;
}

/** Where a release would tell more than its deposit, in sentences. */
export function coarseningProblems({ depositAs, releaseAs, tier }: Granted): string[] {
  const given = new Map(depositAs.fields.map((field) => [field.name, field]));
  const problems = releaseAs.fields.flatMap((field) => fieldProblems(given.get(field.name), field));
  if (depositAs.level === 'CELLS' && releaseAs.level === 'ROWS')
    problems.push('A cell table cannot be released as rows.');
  if (depositAs.level === 'CELLS' && releaseAs.level === 'CELLS') {
    for (const name of releaseAs.dimensions)
      if (!depositAs.dimensions.includes(name)) problems.push(`"${name}" is no dimension of the deposit.`);
    for (const name of releaseAs.sums)
      if (!depositAs.sums.includes(name)) problems.push(`The deposit has no sums of "${name}".`);
  }
  if (releaseAs.organisations !== undefined && releaseAs.organisations !== depositAs.organisations)
    problems.push(`The deposit does not count organisations by "${releaseAs.organisations}".`);
  if (depositAs.granularity === 'HOUSEHOLD' && releaseAs.granularity === 'INDIVIDUAL')
    problems.push('Households cannot be released as persons.');
  if ((tier === 'AGGREGATE') !== (releaseAs.level === 'CELLS'))
    problems.push('The tier AGGREGATE is a cell table, and a cell table is the tier AGGREGATE.');
  return problems;
}

function fieldProblems(source: FieldSpec | undefined, field: FieldSpec): string[] {
  const { name, type } = field;
  if (!source) return [`"${name}" is released but not deposited.`];
  if (source.type !== type) return [`"${name}" is deposited as ${source.type} and released as ${type}.`];
  const problems: string[] = [];
  if (fineness(field) < fineness(source))
    problems.push(`"${name}" is deposited by ${source.precision} and released by ${field.precision}.`);
  if (!isPart(field.bands, source.bands))
    problems.push(`The bands of "${name}" cut through those of the deposit.`);
  return problems;
}

const fineness = ({ precision }: FieldSpec): number => PRECISIONS.indexOf(precision ?? 'DAY');

/** Coarser bands begin where deposited bands begin, and with the first. */
function isPart(bands: readonly number[] | undefined, source: readonly number[] | undefined): boolean {
  if (bands === undefined) return true;
  if (source === undefined) return false;
  return bands[0] === source[0] && bands.every((bound) => source.includes(bound));
}
