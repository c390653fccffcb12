// The columns a file has under a grant, in the order `parley prepare` writes them.
import type { FieldSpec } from './fields';
import type { DataSpec } from './spec';

/** A column as it stands in a file: its name, and the rule its values meet. */
export interface FileColumn {
  readonly name: string;
  readonly field: FieldSpec;
  readonly part: 'field' | 'dimension' | 'n' | 'sum' | 'sumsq' | 'organisations' | 'dominance' | 'p_ratio';
  /** The field of the grant it comes from; empty for a cell's count. */
  readonly source: string;
  /** May be missing in a deposit: what it would say is then left to a person. */
  readonly optional?: true;
}

/** The holder's word on a sum: what `parley prepare` found, or that a person must look. */
export const VERDICTS = ['pass', 'fail', 'review'];

/** The columns a file of this kind has. */
export function fileColumns(spec: DataSpec): FileColumn[] {
  if (spec.level === 'ROWS') return spec.fields.map((field) => rowColumn(spec, field));
  const byName = new Map(spec.fields.map((field) => [field.name, field]));
  const dimensions = spec.dimensions.map((name): FileColumn => {
    const field = byName.get(name);
    if (!field) throw new Error(`The dimension "${name}" is not among the fields.`);
    return { name, field: { ...field, required: true }, part: 'dimension', source: name };
  });
  const organisations = spec.organisations
    ? [column('organisations', 'organisations', spec.organisations)]
    : [];
  const sums = spec.sums.flatMap((name) => [
    column(`sum_${name}`, 'sum', name),
    column(`sumsq_${name}`, 'sumsq', name),
    verdict(`dominance_${name}`, 'dominance', name),
    verdict(`p_ratio_${name}`, 'p_ratio', name),
  ]);
  return [...dimensions, column('n', 'n', ''), ...organisations, ...sums];
}

/** One row a household is what the level means, so a second one is finer than granted. */
function rowColumn(spec: DataSpec, field: FieldSpec): FileColumn {
  const isOne = field.type === 'pseudonym' && spec.granularity === 'HOUSEHOLD';
  return {
    name: field.name,
    field: isOne ? { ...field, unique: true } : field,
    part: 'field',
    source: field.name,
  };
}

const PARTS = {
  n: { type: 'integer', min: 1 },
  organisations: { type: 'integer', min: 1 },
  sum: { type: 'number' },
  sumsq: { type: 'number', min: 0 },
} as const;

function column(name: string, part: keyof typeof PARTS, source: string): FileColumn {
  return { name, field: { name, required: true, ...PARTS[part] }, part, source };
}

function verdict(name: string, part: 'dominance' | 'p_ratio', source: string): FileColumn {
  return { name, field: { name, type: 'category', codes: VERDICTS }, part, source, optional: true };
}
