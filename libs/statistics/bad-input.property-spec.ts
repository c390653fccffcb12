// What every method of the catalogue says to data and parameters that cannot be used: a table, so that no method is left out.
import { z } from 'zod';
import { catalogue, MethodName, runMethod } from './catalogue';
import { asCsv } from './csv';
import { InputRefused, textColumn } from './input';
import type { Column, RowInput } from './input';
import type { MethodResult } from './method';
import { PEOPLE, people } from './testing/people';

interface Asked {
  readonly params: Record<string, unknown>;
  /** A field that has to be a number, and one that is a factor or a group; null where it reads none. */
  readonly number: string | null;
  readonly codes: string | null;
  /** The field of which not every kind will do, where that is not the number; what it then says. */
  readonly mistaken?: { readonly field: string; readonly column: Column; readonly says: RegExp };
}

const TEXT = textColumn(Array.from({ length: PEOPLE }, (_, row) => `c${row % 9}`));
const CONTINUOUS = {
  kind: 'number',
  values: Float64Array.from({ length: PEOPLE }, (_, row) => row / 7),
} as const;
/** Codes where a number enters are a factor; of the outcome, more than two are no yes and no. */
const BINARY = { field: 'event', column: TEXT, says: /^"event" has more than two values, and exactly two/ };
/** Numbers are told apart as codes are, until each stands for one person. */
const CODES = { field: 'g', column: CONTINUOUS, says: /^The field "g" has more than 100 different codes/ };

const REGRESSION = { terms: ['x', 'g'] };
const STUDY = { treatment: 't', outcome: 'y', covariates: ['x', 'g'] };
const ASKED: Record<MethodName, Asked> = {
  descriptive: { params: { outcome: 'y', groups: 'g' }, number: 'y', codes: 'g' },
  linear: { params: { outcome: 'y', ...REGRESSION }, number: 'y', codes: 'g' },
  logistic: { params: { outcome: 'event', ...REGRESSION }, number: 'x', codes: 'g', mistaken: BINARY },
  poisson: { params: { outcome: 'n', ...REGRESSION }, number: 'n', codes: 'g' },
  matching: { params: STUDY, number: 'y', codes: 'g' },
  weighting: { params: STUDY, number: 'y', codes: 'g' },
  segmented: { params: { outcome: 'y', time: 'year', interruption: 2007 }, number: 'y', codes: null },
  difference: {
    params: { outcome: 'y', group: 't', time: 'year', interruption: 2007 },
    ...{ number: 'y', codes: null },
  },
  clusters: { params: { fields: ['x', 'z'], k: 2, stability: 0 }, number: 'x', codes: null },
  prediction: {
    params: { outcome: 'event', ...REGRESSION, importance: 0 },
    number: 'x',
    codes: 'g',
    mistaken: BINARY,
  },
  crosstab: { params: { fields: ['g', 't'] }, number: null, codes: 'g', mistaken: CODES },
  quantiles: { params: { outcome: 'y', groups: 'g' }, number: 'y', codes: 'g' },
  series: { params: { time: 'year', outcome: 'y' }, number: 'y', codes: null },
  survival: { params: { time: 'days', ended: 'event', groups: 'g', width: 50 }, number: 'days', codes: 'g' },
  rates: { params: { events: 'event', strata: ['g'] }, number: 'event', codes: 'g' },
};
const METHODS = MethodName.options;

const withColumn = (name: string, column: Column, data = people()): RowInput => ({
  ...data,
  columns: { ...data.columns, [name]: column },
});
const without = (field: string, name: string, params: Record<string, unknown>) =>
  JSON.parse(JSON.stringify(params).replaceAll(`"${field}"`, `"${name}"`)) as Record<string, unknown>;

/** What it says if it refuses; otherwise that no number of the result is none. */
function said(method: MethodName, data: RowInput, params = ASKED[method].params): string {
  try {
    expectNumbers(runMethod(method, data, params).result);
    return 'answered';
  } catch (error) {
    if (!(error instanceof InputRefused)) throw error;
    return error.message;
  }
}

function expectNumbers({ tables }: MethodResult): void {
  const values = tables.flatMap(({ rows }) =>
    rows.flatMap(({ cell }) => (cell.status === 'shown' ? Object.values(cell.values) : [])),
  );
  expect(values.filter((value) => !Number.isFinite(value))).toEqual([]);
}

/** Formulas of R, of spreadsheets and of SQL, and names that JavaScript's own objects have. */
const PROGRAMS = [
  'y ~ x + I(x^2)',
  '=1+1',
  "x'; drop table people; --",
  '__proto__',
  'constructor',
  'toString',
];

/** Ends with what would work. */
const ADVISES = /\. [A-Z][^.]*\.?$/;

it.each(METHODS)('%s answers what it is asked of data that can be used', (method) => {
  expect(said(method, people())).toBe('answered');
});

describe.each(METHODS)('%s refuses by name, and says what would work:', (method) => {
  const { params, number, codes } = ASKED[method];

  it('a column that there is not', () => {
    const field = number ?? codes ?? '';
    const message = said(method, people(), without(field, 'nowhere', params));
    expect(message).toMatch(/^The data has no field "nowhere"; it has .*Choose one of these\.$/);
  });

  it.each(PROGRAMS)('a name that would be a program elsewhere: %s', (name) => {
    const message = said(method, people(), without(number ?? codes ?? '', name, params));
    expect(message.startsWith(`The data has no field "${name}"; it has `)).toBe(true);
  });

  it('a column of the wrong kind', () => {
    const { mistaken } = ASKED[method];
    const { field, column, says } = mistaken ?? {
      ...{ field: number ?? '', column: TEXT, says: new RegExp(`"${number}"`) },
    };
    const message = said(method, withColumn(field, column));
    expect(message).toMatch(says);
    expect(message).toMatch(ADVISES);
  });

  it('parameters of the wrong type, missing, and misspelt', () => {
    for (const [name] of Object.entries(params)) {
      expect(said(method, people(), { ...params, [name]: { no: 1 } })).toMatch(
        new RegExp(`The parameters of "${method}" do not fit[^]*${name}`),
      );
    }
    const [first = ''] = Object.keys(params);
    const { [first]: _left, ...rest } = params;
    expect(said(method, people(), rest)).toMatch(new RegExp(first));
    expect(said(method, people(), { ...params, misspelt: 1 })).toMatch(/misspelt/);
  });

  it('0 rows', () => {
    expect(said(method, people(0))).toBe('The data has no rows. Choose a release that holds records.');
  });

  it('1 row, or answers without telling of it', () => {
    const one = people(1);
    const message = said(method, one);
    if (message !== 'answered') expect(message).toMatch(ADVISES);
    else
      expect(JSON.stringify(runMethod(method, one, params).result.tables)).not.toMatch(/"values":\{"n":1\b/);
  });

  it('an infinite value', () => {
    if (number === null) return;
    const column = people().columns[number];
    if (column?.kind !== 'number') throw new Error(`${number} is no number`);
    const values = Float64Array.from(column.values);
    values[3] = Infinity;
    expect(said(method, withColumn(number, { kind: 'number', values }))).toMatch(
      new RegExp(`"${number}".*infinite.*\\. [A-Z]`),
    );
  });

  it('a column of nothing but missing values', () => {
    const field = number ?? codes ?? '';
    const nothing =
      number === null
        ? textColumn(Array.from({ length: PEOPLE }, () => null))
        : { kind: 'number' as const, values: new Float64Array(PEOPLE).fill(Number.NaN) };
    const message = said(method, withColumn(field, nothing));
    expect(message).toMatch(new RegExp(`${field}|[Nn]o record`));
    expect(message).toMatch(ADVISES);
  });

  it('10,000 levels in a factor', () => {
    if (codes === null) return;
    const many = textColumn(Array.from({ length: 10_000 }, (_, row) => `level${row}`));
    const repeated = people(10_000);
    const message = said(method, withColumn(codes, many, repeated));
    expect(message).toMatch(/more than|too many|most|cells|levels/);
    expect(message).toMatch(ADVISES);
  });
});

describe.each(METHODS)('%s and duplicates of everyone', (method) => {
  it('counts everybody once, however often they are in the data', () => {
    const once = people();
    const rows = Array.from({ length: 2 * PEOPLE }, (_, row) => row % PEOPLE);
    const twice: RowInput = {
      ...{ ...once, rows: rows.length },
      columns: Object.fromEntries(
        Object.entries(once.columns).map(([name, column]) => [
          name,
          column.kind === 'text'
            ? { ...column, codes: Int32Array.from(rows, (row) => column.codes[row]!) }
            : { kind: 'number' as const, values: Float64Array.from(rows, (row) => column.values[row]!) },
        ]),
      ),
    };
    const message = said(method, twice);
    if (message !== 'answered') {
      expect(message).toMatch(/once|more than one|several|twice|one row|each person/);
      expect(message).toMatch(ADVISES);
      return;
    }
    const { tables } = runMethod(method, twice, ASKED[method].params).result;
    const counts = tables.flatMap(({ rows: cells }) =>
      cells.flatMap(({ cell }) =>
        cell.status === 'shown'
          ? [cell.values['n'], cell.values['people']].filter((n) => n !== undefined)
          : [],
      ),
    );
    expect(counts.filter((n) => n > PEOPLE)).toEqual([]);
  });
});

it.each(METHODS)('%s gives the same numbers of columns with such names', (method) => {
  const { number, codes, params } = ASKED[method];
  const renamed = (name: string) => {
    const field = codes ?? number ?? '';
    const { [field]: column, ...columns } = people().columns;
    const named = Object.fromEntries([...Object.entries(columns), [name, column!]]);
    return runMethod(method, { ...people(), columns: named }, without(field, name, params)).result;
  };
  const numbersIn = ({ tables }: MethodResult) =>
    tables.flatMap(({ rows }) =>
      rows.map(({ cell, key }) => [
        Object.keys(key).length,
        cell.status === 'shown' ? Object.values(cell.values).sort() : cell.reason,
      ]),
    );
  const usual = numbersIn(renamed('plain'));
  for (const name of ['=1+1', '__proto__', 'constructor']) expect(numbersIn(renamed(name))).toEqual(usual);
});

it('a code that a spreadsheet would run is escaped in CSV and stays what it is elsewhere', () => {
  const formula = '=HYPERLINK("http://x.example","y")';
  const codes = textColumn(Array.from({ length: PEOPLE }, (_, row) => (row % 2 === 0 ? formula : '+1')));
  const { tables } = runMethod('descriptive', withColumn('g', codes), ASKED.descriptive.params).result;
  expect(tables[0]?.rows.map(({ key }) => key['g'])).toContain(formula);
  const csv = asCsv(tables);
  expect(csv).toContain(`"'=HYPERLINK(""http://x.example"",""y"")"`);
  expect(csv).not.toMatch(/(^|,)"?[=+]/m);
});

it('DOMAIN § 5: where counts are rounded, whatever is no count is left out, and a result without counts is refused', () => {
  const { params } = ASKED.crosstab;
  const { tables } = runMethod('crosstab', people(), params, { against: { rounding: 5 } }).result;
  const shown = tables.flatMap(({ rows }) =>
    rows.flatMap(({ cell }) => (cell.status === 'shown' ? Object.values(cell.values) : [])),
  );
  expect(shown.length).toBeGreaterThan(5);
  expect(shown.filter((value) => value % 5 !== 0)).toEqual([]);
  expect(() =>
    runMethod('quantiles', people(), ASKED.quantiles.params, { against: { rounding: 5 } }),
  ).toThrow(/"rounding" takes counts, and "quantiles" makes none/);
});

it('lists every method with its parameters, each of them explained, and whatever is within them', () => {
  expect(Object.keys(catalogue).sort()).toEqual([...METHODS].sort());
  const unexplained = METHODS.flatMap((method) => {
    const schema = z.toJSONSchema(catalogue[method].params, { io: 'input', unrepresentable: 'any' });
    const found = explained(schema as Schema, method);
    const names = found.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(Object.keys(ASKED[method].params).map((name) => `${method}.${name}`)),
    );
    return found.filter(({ words }) => !/\w{2}/.test(words)).map(({ name }) => name);
  });
  expect(unexplained).toEqual([]);
});

interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

/** Every property of a schema, at any depth, with what is said of it. */
function explained(schema: Schema, path: string): { name: string; words: string }[] {
  const { properties = {}, items, additionalProperties, anyOf = [], oneOf = [], allOf = [] } = schema;
  const parts = [...anyOf, ...oneOf, ...allOf, ...(items ? [items] : [])];
  if (typeof additionalProperties === 'object') parts.push(additionalProperties);
  return [
    ...Object.entries(properties).flatMap(([name, own]) => [
      { name: `${path}.${name}`, words: own.description ?? '' },
      ...explained(own, `${path}.${name}`),
    ]),
    ...parts.flatMap((part) => explained(part, path)),
  ];
}
