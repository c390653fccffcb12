// What is wrong with a specification in itself, in sentences.
import type { z } from 'zod';
import { GRANULARITIES } from '#libs/domain';
import { codesOf } from './fields';
import type { FieldSpec } from './fields';
import { fileColumns } from './columns';
import type { DataSpec } from './spec';

/** Everything that keeps this from being a file's shape; empty if nothing does. */
export function problemsOf(spec: z.infer<typeof DataSpec>): string[] {
  const names = spec.fields.map(({ name }) => name);
  const unknown = (said: string, named: readonly (string | undefined)[]) =>
    named
      .filter((name) => name !== undefined && !names.includes(name))
      .map((name) => `${said} names "${name}", which is not among the fields.`);
  return [
    ...repeated(names).map((name) => `The field "${name}" is named twice.`),
    ...(spec.level === 'ROWS' ? rowProblems(spec) : cellProblems(spec)),
    ...unknown('The key', spec.key ?? []),
    ...unknown(
      'A row rule',
      (spec.rules ?? []).flatMap((rule) => [
        rule.field,
        'notBefore' in rule ? rule.notBefore : rule.requiredWhere.field,
      ]),
    ),
    ...unknown('FLOW or STOCK', [spec.collected?.start, spec.collected?.end]),
    ...datingProblems(spec),
    ...placeProblems(spec),
  ];
}

function rowProblems(spec: DataSpec): string[] {
  const problems: string[] = [];
  const pseudonyms = spec.fields.filter(({ type }) => type === 'pseudonym');
  if (pseudonyms.length > 1) problems.push('Rows have at most one pseudonym.');
  if (spec.dimensions.length + spec.sums.length > 0)
    problems.push('Rows have no dimensions or sums; for a cell table say level CELLS.');
  if (spec.granularity === 'HOUSEHOLD' && pseudonyms.length === 0)
    problems.push('Rows of households need a pseudonym of the household.');
  if (spec.fewest !== undefined || spec.merge) problems.push('Rows have no small-number rule; cells have.');
  const { organisations } = spec;
  if (organisations !== undefined && !spec.fields.some(({ name }) => name === organisations))
    problems.push(`"${organisations}" names the organisations of rows and is not among the fields.`);
  return problems;
}

function cellProblems(spec: DataSpec): string[] {
  const names = spec.fields.map(({ name }) => name);
  const problems: string[] = [];
  if (spec.fields.some(({ type }) => type === 'pseudonym'))
    problems.push('A cell table has no pseudonym: its cells are not people.');
  if (spec.dimensions.length === 0) problems.push('A cell table needs at least one dimension.');
  if (spec.key ?? spec.rules ?? spec.collected)
    problems.push('A key, row rules and FLOW or STOCK belong to rows; a cell table has its dimensions.');
  for (const name of [...repeated(spec.dimensions), ...repeated(spec.sums)])
    problems.push(`"${name}" is listed twice.`);
  for (const name of [...spec.dimensions, ...spec.sums])
    if (!names.includes(name)) problems.push(`"${name}" is not among the fields.`);
  problems.push(...mergeProblems(spec));
  for (const field of spec.fields) problems.push(...cellFieldProblems(field, spec));
  if (problems.length > 0) return problems;
  return repeated(fileColumns(spec).map(({ name }) => name)).map(
    (name) => `Two columns of the cell table would be called "${name}".`,
  );
}

function mergeProblems({ merge, fewest, dimensions, fields }: z.infer<typeof DataSpec>): string[] {
  if (!merge) return [];
  const { dimension, into } = merge;
  const field = fields.find(({ name }) => name === dimension);
  const isCode = field !== undefined && (codesOf(field)?.includes(into) ?? field.type !== 'date');
  return [
    ...(fewest === undefined ? ['Small cells are merged by a small-number rule: say fewest.'] : []),
    ...(dimensions.includes(dimension)
      ? []
      : [`Cells are merged along a dimension; "${dimension}" is none.`]),
    ...(isCode ? [] : [`"${into}" is no code of "${dimension}", so no cells can be merged into it.`]),
    ...(field?.place ? [`"${dimension}" names places, and several of them are no place.`] : []),
  ];
}

function cellFieldProblems(field: FieldSpec, spec: DataSpec): string[] {
  const isDimension = spec.dimensions.includes(field.name);
  const isSum = spec.sums.includes(field.name);
  if (!isDimension && !isSum) return [`The field "${field.name}" is neither a dimension nor a sum.`];
  if (isDimension && isSum) return [`The field "${field.name}" is both a dimension and a sum.`];
  if (isSum && field.type !== 'integer' && field.type !== 'number')
    return [`"${field.name}" is summed and must be a number.`];
  return [];
}

/** A field is dated by one that tells a time and stands in the same file. */
function datingProblems({ level, fields, dimensions }: z.infer<typeof DataSpec>): string[] {
  return fields.flatMap(({ name, datedBy }) => {
    if (datedBy === undefined) return [];
    const dating = fields.find((field) => field.name === datedBy);
    const isTime = dating && (dating.type === 'date' || dating.timeCode !== undefined);
    const isThere = level === 'ROWS' || dimensions.includes(datedBy);
    return isTime && isThere
      ? []
      : [`"${name}" is dated by "${datedBy}", which is no date or timeCode of the same file.`];
  });
}

/** B26: rows are about people or households, cells about places; no field names a finer place than the level granted. */
function placeProblems({ level, granularity, fields }: DataSpec): string[] {
  if (granularity === undefined) return [];
  const rank = GRANULARITIES.indexOf(granularity);
  const isOfPeople = rank < 2;
  if (level === 'ROWS' && !isOfPeople)
    return [`Rows are about persons or households; at the level ${granularity} say CELLS.`];
  if (level === 'CELLS' && granularity === 'HOUSEHOLD')
    return ['Cells of households are rows of households, counted: say ROWS.'];
  if (isOfPeople) return [];
  const finer = fields.filter(({ place }) => place && GRANULARITIES.indexOf(place.level) < rank);
  if (!fields.some(({ place }) => place?.level === granularity))
    return [`At the level ${granularity} one dimension names it: give that field a place.`];
  return finer.map(({ name }) => `"${name}" names places finer than ${granularity}.`);
}

export function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
