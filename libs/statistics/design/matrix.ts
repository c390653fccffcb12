// The design matrix of declared terms, with what each column stands for and how many people it can tell apart.
import { InputRefused, columnOf, numbersOf } from '../input';
import type { RowInput } from '../input';
import type { Columns } from '../linear-algebra/cross-product';
import { codesOf } from './codes';
import type { CompleteRows } from './complete';
import { fieldsOfTerms } from './terms';
import type { Term } from './terms';

export interface DesignColumn {
  /** `age`, `race: white`, `age^2`, `age × race: white`. */
  readonly name: string;
  readonly fields: readonly string[];
  /** The code a zero-one column stands for. */
  readonly code?: string;
  /** The fewest people that the column sets apart: those unlike the majority, or a factor's reference group if smaller. */
  readonly people: number;
}

export interface Design extends Columns {
  readonly columns: readonly DesignColumn[];
  /** Fields that enter as factors: by these the model breaks its people down. */
  readonly factors: readonly string[];
}

interface Drawn extends Omit<DesignColumn, 'people'> {
  readonly values: Float64Array;
  readonly isPower?: boolean;
  /** People with the reference code of the factor this column belongs to. */
  readonly reference?: number;
}

export const INTERCEPT = 'intercept';

/** One column per number, code but the reference, power and product; an intercept first. */
export function designOf(
  input: RowInput,
  used: CompleteRows,
  terms: readonly Term[],
  { constant = true, everyCode = false } = {},
): Design {
  const factors = terms.filter((term) => isFactor(input, term)).flatMap((term) => fieldsOfTerms([term]));
  const main = terms.flatMap((term) => mainColumns(input, used, term, everyCode));
  const all = [
    ...main,
    ...terms.flatMap((term) =>
      typeof term === 'object' && 'interaction' in term ? products(term.interaction, main) : [],
    ),
  ];
  const columns = all.map(({ name, fields, code, values, reference = used.people }) => ({
    name,
    fields,
    ...(code === undefined ? {} : { code }),
    people: Math.min(reference, fewestApart(values, used)),
  }));
  const rows = used.rows.length;
  const offset = constant ? 1 : 0;
  const values = new Float64Array(rows * (all.length + offset));
  if (constant) values.fill(1, 0, rows);
  all.forEach((column, index) => values.set(column.values, (index + offset) * rows));
  const references = all.flatMap(({ reference }) => (reference === undefined ? [] : [reference]));
  const first = { name: INTERCEPT, fields: [], people: Math.min(used.people, ...references) };
  return {
    rows,
    size: all.length + offset,
    values,
    columns: constant ? [first, ...columns] : columns,
    factors,
  };
}

/** Whether the term enters as a factor: said so, or text. */
export function isFactor(input: RowInput, term: Term): boolean {
  if (typeof term === 'string') return columnOf(input, term).kind === 'text';
  if ('interaction' in term || 'degree' in term) return false;
  return (term.as ?? (columnOf(input, term.field).kind === 'text' ? 'factor' : 'number')) === 'factor';
}

function mainColumns(input: RowInput, used: CompleteRows, term: Term, everyCode: boolean): Drawn[] {
  if (typeof term === 'object' && 'interaction' in term) return [];
  const [field = ''] = fieldsOfTerms([term]);
  if (field === input.people) {
    throw new InputRefused(
      `"${field}" says whose record a row is and explains nothing. Choose another field.`,
    );
  }
  if (isFactor(input, term)) {
    const reference = typeof term === 'object' && 'reference' in term ? term.reference : undefined;
    return indicators(input, used, { field, reference, everyCode });
  }
  const values = gathered(numbersOf(input, field), used.rows);
  const degree = typeof term === 'object' && 'degree' in term ? term.degree : 1;
  return Array.from({ length: degree }, (_power, index) => ({
    name: index === 0 ? field : `${field}^${index + 1}`,
    fields: [field],
    isPower: index > 0,
    values: index === 0 ? values : values.map((value) => value ** (index + 1)),
  }));
}

function indicators(
  input: RowInput,
  used: CompleteRows,
  { field, reference, everyCode }: { field: string; reference: string | undefined; everyCode: boolean },
): Drawn[] {
  const { levels, code } = codesOf(input, field, used.rows);
  if (reference !== undefined && !levels.includes(reference)) {
    throw new InputRefused(
      `"${reference}" is not a code of "${field}" in this data. Choose one of its codes as the reference, or leave it out.`,
    );
  }
  const base = levels.indexOf(reference ?? levels[0] ?? '');
  const indicator = (at: number) => Float64Array.from(code, (own) => (own === at ? 1 : 0));
  const basePeople = everyCode ? used.people : fewestApart(indicator(base), used);
  return levels.flatMap((level, at) =>
    at === base && !everyCode
      ? []
      : [
          {
            name: `${field}: ${level}`,
            fields: [field],
            code: level,
            values: indicator(at),
            reference: basePeople,
          },
        ],
  );
}

function products(fields: readonly string[], main: readonly Drawn[]): Drawn[] {
  return fields
    .map((field) => main.filter(({ fields: [own], isPower }) => own === field && isPower !== true))
    .reduce((left, right) =>
      left.flatMap((a) =>
        right.map((b) => ({
          name: `${a.name} × ${b.name}`,
          fields: [...a.fields, ...b.fields],
          values: a.values.map((value, row) => value * b.values[row]!),
          reference: Math.min(a.reference ?? Infinity, b.reference ?? Infinity),
        })),
      ),
    );
}

/**
 * People on the smaller side of a column's majority value (found by Boyer and Moore's vote); all people where no value
 * has a majority. A number that rests on the difference between the two sides rests on these. Without `persons` each
 * value is another person's.
 */
export function fewestApart(values: Float64Array, persons?: Pick<CompleteRows, 'person' | 'people'>): number {
  let [candidate, lead] = [Number.NaN, 0];
  for (const value of values) {
    if (lead === 0) candidate = value;
    lead += value === candidate ? 1 : -1;
  }
  let majority = 0;
  for (const value of values) if (value === candidate) majority += 1;
  if (majority * 2 <= values.length) return persons?.people ?? values.length;
  if (!persons || persons.people === values.length) return values.length - majority;
  const side = new Uint8Array(persons.people);
  values.forEach((value, row) => (side[persons.person[row]!]! |= value === candidate ? 1 : 2));
  let [inside, outside] = [0, 0];
  for (const bits of side) {
    inside += bits & 1;
    outside += bits >> 1;
  }
  return Math.min(inside, outside);
}

/** The values of these rows. */
export function gathered(values: Float64Array, rows: Int32Array): Float64Array {
  const own = new Float64Array(rows.length);
  for (let at = 0; at < own.length; at += 1) own[at] = values[rows[at]!]!;
  return own;
}
