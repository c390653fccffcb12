// Second pass over a deposit, in DuckDB: does every value meet the grant, and does any look like a direct identifier?
import type { Engine } from '../engine/engine';
import { columnAt } from '../engine/tables';
import type { DataSpec, FileColumn } from '../grant/spec';
import type { Findings } from './findings';
import { LISTED_ROWS } from './report';
import type { FindingCode } from './report';

interface ValueCheck {
  readonly code: FindingCode;
  /** Holds for a wrong value; reads `v`, and `codes` where the field lists them. */
  readonly wrong: string;
  readonly detail?: string;
}

const WHOLE_NUMBER = "'-?[0-9]{1,18}'";
const NUMBER = "'[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?'";
const PSEUDONYM = "'[A-Za-z0-9][A-Za-z0-9_-]{15,63}'";

/** Patterns of direct identifiers. Names cannot be recognised so; the grant's types keep free text out instead. */
const IDENTIFIERS: readonly ValueCheck[] = [
  { code: 'EMAIL_ADDRESS', wrong: "regexp_matches(v, '[^\\s@]+@[^\\s@]+\\.[A-Za-z]{2,}')" },
  {
    code: 'PHONE_NUMBER',
    wrong:
      "regexp_matches(regexp_replace(v, '[ ().-]', '', 'g'), '(^|[^0-9A-Za-z_])(\\+44|0044|0)[1-9][0-9]{8,9}($|[^0-9A-Za-z_])')",
  },
  {
    code: 'NATIONAL_INSURANCE_NUMBER',
    wrong: "regexp_matches(upper(replace(v, ' ', '')), '^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]$')",
  },
  { code: 'POSTCODE', wrong: "regexp_matches(upper(v), '\\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\\b')" },
];

/** Ten digits whose weighted sum gives the last one (NHS Data Dictionary, modulus 11). */
const NHS: ValueCheck = { code: 'NHS_NUMBER', wrong: nhsNumber() };

function nhsNumber(): string {
  const digits = "regexp_replace(v, '[ -]', '', 'g')";
  const digit = (position: number) => `cast(substr(${digits}, ${position}, 1) as integer)`;
  const sum = Array.from({ length: 9 }, (_, index) => `${digit(index + 1)} * ${10 - index}`).join(' + ');
  return `case when regexp_full_match(${digits}, '[0-9]{10}')
    then (11 - (${sum}) % 11) % 11 = ${digit(10)} else false end`;
}

/** Checks every column of the table `deposit`, and the rows as a whole. */
export async function checkValues(
  engine: Engine,
  spec: DataSpec,
  columns: readonly FileColumn[],
  findings: Findings,
  progress: (done: number) => void = () => undefined,
): Promise<void> {
  for (const [index, column] of columns.entries()) {
    await checkColumn(engine, column, index, findings);
    progress((index + 1) / (columns.length + 1));
  }
  // Cells with wrong values cannot be compared: their casts would fail.
  if (!findings.isRefused && spec.level === 'CELLS') await checkCells(engine, spec, columns, findings);
  progress(1);
}

async function checkColumn(
  engine: Engine,
  column: FileColumn,
  index: number,
  findings: Findings,
): Promise<void> {
  const checks = checksOf(column);
  const wanted = checks.flatMap(({ wrong }, at) => [
    `count(*) filter (where ${wrong}) as n${at}`,
    `min(r, ${LISTED_ROWS}) filter (where ${wrong}) as rows${at}`,
  ]);
  const values = [...new Set(column.field.codes ?? [])];
  // Codes come in as one JSON value, so that no code is ever part of a statement.
  const source = `from (select r, ${columnAt(index)} as v, cast(from_json($1, '["VARCHAR"]') as varchar[]) as codes from deposit)`;
  const found = await engine.columns(`select ${wanted.join(', ')} ${source}`, [JSON.stringify(values)]);
  const byName = new Map(found.map((item) => [item.name, item]));
  for (const [at, { code, detail }] of checks.entries()) {
    const count = byName.get(`n${at}`);
    const rows = byName.get(`rows${at}`);
    const times = count?.kind === 'number' ? (count.values[0] ?? 0) : 0;
    if (times === 0) continue;
    findings.note(code, {
      column: column.name,
      count: times,
      rows: rows?.kind === 'list' ? (rows.values[0] ?? []) : [],
      ...(detail === undefined ? {} : { detail }),
    });
  }
  if (column.field.type === 'pseudonym') await checkRepeated(engine, column, index, findings);
}

function checksOf({ field }: FileColumn): ValueCheck[] {
  const checks: ValueCheck[] = [];
  if (field.required === true || field.type === 'pseudonym')
    checks.push({ code: 'MISSING_VALUE', wrong: 'v is null' });
  if (field.codes) checks.push({ code: 'UNKNOWN_CODE', wrong: 'not list_contains(codes, v)' });
  switch (field.type) {
    case 'integer':
      return [...checks, wrongType(WHOLE_NUMBER, 'a whole number'), ...rangeOf(field), NHS];
    case 'number':
      return [...checks, wrongType(NUMBER, 'a number written like -12.5'), ...rangeOf(field)];
    case 'pseudonym':
      return [
        ...checks,
        { code: 'NOT_A_PSEUDONYM', wrong: `not regexp_full_match(v, ${PSEUDONYM})` },
        ...IDENTIFIERS,
      ];
    case 'text':
    case 'category':
      return field.codes ? checks : [...checks, ...TEXT_CHECKS, ...IDENTIFIERS, NHS];
  }
}

const TEXT_CHECKS: readonly ValueCheck[] = [
  { code: 'FREE_TEXT', wrong: "length(v) > 100 or regexp_matches(v, '[\\x00-\\x1f]')" },
  {
    code: 'INVISIBLE_CHARACTER',
    wrong: "regexp_matches(v, '[\\x{200B}-\\x{200F}\\x{202A}-\\x{202E}\\x{2060}-\\x{206F}\\x{FEFF}]')",
  },
  {
    code: 'FORMULA',
    wrong: `regexp_matches(v, '^[=+@-]') and not regexp_full_match(v, ${NUMBER})`,
  },
];

function wrongType(pattern: string, detail: string): ValueCheck {
  const isFinite = 'isfinite(try_cast(v as double))';
  return { code: 'WRONG_TYPE', wrong: `not (regexp_full_match(v, ${pattern}) and ${isFinite})`, detail };
}

function rangeOf({ min, max }: { min?: number | undefined; max?: number | undefined }): ValueCheck[] {
  if (min === undefined && max === undefined) return [];
  const bounds = [
    ...(min === undefined ? [] : [`try_cast(v as double) < ${Number(min)}`]),
    ...(max === undefined ? [] : [`try_cast(v as double) > ${Number(max)}`]),
  ];
  const detail = `${min ?? 'any'} to ${max ?? 'any'}`;
  return [{ code: 'OUT_OF_RANGE', wrong: bounds.join(' or '), detail }];
}

/** Several rows for one person are episodes, not a mistake, unless the grant says one row a person. */
async function checkRepeated(
  engine: Engine,
  column: FileColumn,
  index: number,
  findings: Findings,
): Promise<void> {
  const name = columnAt(index);
  const repeated = await rowsWhere(
    engine,
    `select r from deposit qualify count(*) over (partition by ${name}) > 1`,
  );
  if (repeated.count === 0) return;
  const isRefused = column.field.unique === true;
  findings.note('REPEATED_PSEUDONYM', {
    column: column.name,
    ...repeated,
    severity: isRefused ? 'refuse' : 'note',
    detail: isRefused
      ? 'the same pseudonym stands in another row too, and the grant allows one row a person. Remove the duplicates.'
      : 'a person has several rows; people are counted once, rows as records.',
  });
}

async function checkCells(
  engine: Engine,
  spec: DataSpec,
  columns: readonly FileColumn[],
  findings: Findings,
): Promise<void> {
  const at = (name: string) => columnAt(columns.findIndex((column) => column.name === name));
  const key = spec.dimensions.map(at).join(', ');
  const twice = await rowsWhere(
    engine,
    `select r from deposit qualify count(*) over (partition by ${key}) > 1`,
  );
  if (twice.count > 0) findings.note('REPEATED_CELL', twice);
  for (const name of spec.sums) {
    const [n, sum, squares] = ['n', `sum_${name}`, `sumsq_${name}`].map(
      (part) => `cast(${at(part)} as double)`,
    );
    // Cauchy-Schwarz: sum² ≤ n · sum of squares; a little room for rounding.
    const wrong = `${sum} * ${sum} > ${n} * ${squares} * (1 + 1e-9) + 1e-9`;
    const impossible = await rowsWhere(engine, `select r from deposit where ${wrong}`);
    if (impossible.count > 0) findings.note('IMPOSSIBLE_SUMS', { column: `sum_${name}`, ...impossible });
  }
}

async function rowsWhere(engine: Engine, select: string): Promise<{ count: number; rows: number[] }> {
  const [count, rows] = await engine.columns(
    `select count(*) as n, min(r, ${LISTED_ROWS}) as r from (${select})`,
  );
  return {
    count: count?.kind === 'number' ? (count.values[0] ?? 0) : 0,
    rows: rows?.kind === 'list' ? [...(rows.values[0] ?? [])] : [],
  };
}
