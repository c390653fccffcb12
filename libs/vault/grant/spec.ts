// What a grant says about data: how it is deposited, and how, never finer, it is released.
import { z } from 'zod';

const FieldName = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[^\u0000-\u001f\u007f"]+$/, 'A field name holds no control characters or quotes.');

export const FieldSpec = z.strictObject({
  name: FieldName,
  /** `category` is a code, listed or not; `text` is short and no free text; `pseudonym` is made by `parley prepare`. */
  type: z.enum(['integer', 'number', 'text', 'category', 'pseudonym']),
  codes: z.array(z.string().min(1).max(100)).min(1).max(10_000).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  /** Whether an empty value is refused; a pseudonym and a dimension are always required. */
  required: z.boolean().optional(),
  /** Of a pseudonym: whether a second row for the same person is refused. */
  unique: z.boolean().optional(),
  /** Whether others may know it of a person; categories count so unless it says false. */
  quasiIdentifier: z.boolean().optional(),
});
export type FieldSpec = z.infer<typeof FieldSpec>;

export const DataSpec = z
  .strictObject({
    level: z.enum(['ROWS', 'CELLS']),
    fields: z.array(FieldSpec).min(1).max(200),
    dimensions: z.array(FieldName).default([]),
    sums: z.array(FieldName).default([]),
    maxRows: z.int().positive().max(20_000_000).optional(),
    /** `KEEP` leaves rows in the holder's order; otherwise they stand by their new pseudonym, which tells nothing. */
    rowOrder: z.enum(['BY_PSEUDONYM', 'KEEP']).optional(),
  })
  .superRefine((spec, context) => {
    for (const message of problemsOf(spec)) context.addIssue({ code: 'custom', message });
  });
export type DataSpec = z.infer<typeof DataSpec>;

export const Tier = z.enum(['AGGREGATE', 'DEIDENTIFIED', 'LINKED_DEIDENTIFIED']);
export type Tier = z.infer<typeof Tier>;

export const GrantSpec = z
  .strictObject({ depositAs: DataSpec, releaseAs: DataSpec, tier: Tier })
  .superRefine((grant, context) => {
    for (const message of coarseningProblems(grant)) context.addIssue({ code: 'custom', message });
  });
export type GrantSpec = z.infer<typeof GrantSpec>;

/** A column as it stands in a file: its name, and the rule its values meet. */
export interface FileColumn {
  readonly name: string;
  readonly field: FieldSpec;
  readonly part: 'field' | 'dimension' | 'n' | 'sum' | 'sumsq';
  /** The field of the grant it comes from; empty for a cell's count. */
  readonly source: string;
}

/** The columns a file of this kind has, in the order `parley prepare` writes them. */
export function fileColumns(spec: DataSpec): FileColumn[] {
  if (spec.level === 'ROWS')
    return spec.fields.map((field) => ({ name: field.name, field, part: 'field', source: field.name }));
  const byName = new Map(spec.fields.map((field) => [field.name, field]));
  const dimensions = spec.dimensions.map((name): FileColumn => {
    const field = byName.get(name);
    if (!field) throw new Error(`The dimension "${name}" is not among the fields.`);
    return { name, field: { ...field, required: true }, part: 'dimension', source: name };
  });
  const number = (name: string, part: 'n' | 'sum' | 'sumsq', source: string): FileColumn => ({
    name,
    field: { name, required: true, ...NUMBER_PARTS[part] },
    part,
    source,
  });
  const sums = spec.sums.flatMap((name) => [
    number(`sum_${name}`, 'sum', name),
    number(`sumsq_${name}`, 'sumsq', name),
  ]);
  return [...dimensions, number('n', 'n', ''), ...sums];
}

const NUMBER_PARTS = {
  n: { type: 'integer', min: 1 },
  sum: { type: 'number' },
  sumsq: { type: 'number', min: 0 },
} as const;

function problemsOf(spec: {
  level: string;
  fields: FieldSpec[];
  dimensions: string[];
  sums: string[];
}): string[] {
  const names = spec.fields.map(({ name }) => name);
  const problems = repeated(names).map((name) => `The field "${name}" is named twice.`);
  const pseudonyms = spec.fields.filter(({ type }) => type === 'pseudonym');
  if (spec.level === 'ROWS') {
    if (pseudonyms.length > 1) problems.push('Rows have at most one pseudonym.');
    if (spec.dimensions.length + spec.sums.length > 0)
      problems.push('Rows have no dimensions or sums; for a cell table say level CELLS.');
    return problems;
  }
  if (pseudonyms.length > 0) problems.push('A cell table has no pseudonym: its cells are not people.');
  if (spec.dimensions.length === 0) problems.push('A cell table needs at least one dimension.');
  for (const name of [...repeated(spec.dimensions), ...repeated(spec.sums)])
    problems.push(`"${name}" is listed twice.`);
  for (const name of [...spec.dimensions, ...spec.sums])
    if (!names.includes(name)) problems.push(`"${name}" is not among the fields.`);
  for (const field of spec.fields) problems.push(...cellFieldProblems(field, spec));
  const columns = [...spec.dimensions, 'n', ...spec.sums.flatMap((name) => [`sum_${name}`, `sumsq_${name}`])];
  for (const name of repeated(columns))
    problems.push(`Two columns of the cell table would be called "${name}".`);
  return problems;
}

function cellFieldProblems(field: FieldSpec, spec: { dimensions: string[]; sums: string[] }): string[] {
  const isDimension = spec.dimensions.includes(field.name);
  const isSum = spec.sums.includes(field.name);
  if (!isDimension && !isSum) return [`The field "${field.name}" is neither a dimension nor a sum.`];
  if (isDimension && isSum) return [`The field "${field.name}" is both a dimension and a sum.`];
  if (isSum && field.type !== 'integer' && field.type !== 'number')
    return [`"${field.name}" is summed and must be a number.`];
  return [];
}

/** The engine only coarsens: what is released is a part of what is deposited, at the same or a coarser level. */
function coarseningProblems({
  depositAs,
  releaseAs,
  tier,
}: {
  depositAs: DataSpec;
  releaseAs: DataSpec;
  tier: Tier;
}) {
  const problems: string[] = [];
  const given = new Map(depositAs.fields.map((field) => [field.name, field]));
  for (const { name, type } of releaseAs.fields) {
    const source = given.get(name);
    if (!source) problems.push(`"${name}" is released but not deposited.`);
    else if (source.type !== type)
      problems.push(`"${name}" is deposited as ${source.type} and released as ${type}.`);
  }
  if (depositAs.level === 'CELLS' && releaseAs.level === 'ROWS')
    problems.push('A cell table cannot be released as rows.');
  if (depositAs.level === 'CELLS' && releaseAs.level === 'CELLS') {
    for (const name of releaseAs.dimensions)
      if (!depositAs.dimensions.includes(name)) problems.push(`"${name}" is no dimension of the deposit.`);
    for (const name of releaseAs.sums)
      if (!depositAs.sums.includes(name)) problems.push(`The deposit has no sums of "${name}".`);
  }
  if ((tier === 'AGGREGATE') !== (releaseAs.level === 'CELLS'))
    problems.push('The tier AGGREGATE is a cell table, and a cell table is the tier AGGREGATE.');
  return problems;
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
