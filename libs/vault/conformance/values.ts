// Second pass over a deposit, in DuckDB: does every value meet the grant, and does any look like a direct identifier?
import type { Engine } from '../engine/engine';
import { columnAt } from '../engine/tables';
import type { FileColumn } from '../grant/columns';
import { codesOf } from '../grant/fields';
import { checksOf, plainOf } from './column-checks';
import type { Findings } from './findings';
import { namesBirth, namesIdentifier } from './identifiers';
import { LISTED_ROWS } from './report';
import { asGranted } from './periods';
import { checkCells, checkRowsTogether } from './row-checks';
import type { Checking, ValueCheck } from './value-check';

/** Checks every column of the table `deposit`, and the rows as a whole. */
export async function checkValues(
  checking: Checking,
  progress: (done: number) => void = () => undefined,
): Promise<void> {
  const { columns, spec, findings } = checking;
  const counts = await plainCounts(checking);
  for (const [index, column] of columns.entries()) {
    checkName(column, findings);
    await checkColumn(checking, index, counts.get(index));
    progress((index + 1) / (columns.length + 1));
  }
  // Rows with wrong values cannot be compared: their casts would fail.
  if (spec.level === 'ROWS') await checkRowsTogether(checking);
  else if (!findings.isRefused) await checkCells(checking);
  progress(1);
}

/** A column that is called what nobody may deposit is one, also where its values are not recognised. */
function checkName({ name, field, part }: FileColumn, findings: Findings): void {
  if (part !== 'field' || field.type === 'pseudonym' || codesOf(field)) return;
  const isBirth = namesBirth(name) && (field.type !== 'date' || (field.precision ?? 'DAY') === 'DAY');
  if (isBirth) findings.note('DATE_OF_BIRTH', { column: name });
  else if (namesIdentifier(name)) findings.note('IDENTIFYING_COLUMN', { column: name });
}

/** Of columns of plain values, how many each check finds wrong: all of them in one pass. */
async function plainCounts({ engine, columns, plain }: Checking): Promise<Map<number, number[]>> {
  const counts = new Map<number, number[]>();
  const asked = columns.flatMap((column, index) => {
    if (plain[index] !== true) return [];
    const checks = checksOf(column);
    counts.set(index, new Array<number>(checks.length).fill(0));
    return checks.flatMap(({ ofPlain }, at) => (ofPlain === undefined ? [] : [{ index, at, ofPlain }]));
  });
  if (asked.length === 0) return counts;
  const wanted = asked.map(({ index, ofPlain }, position) => {
    const wrong = ofPlain.replaceAll(/\bv\b/g, columnAt(index));
    return `count(*) filter (where ${wrong}) as n${position}`;
  });
  const figures = await engine.figures(`select ${wanted.join(', ')} from deposit`);
  for (const [position, { index, at }] of asked.entries())
    counts.get(index)![at] = figures[`n${position}`] ?? 0;
  return counts;
}

/** A clean file is the usual case: wrong values are counted first, and only where there are some are their rows looked up. */
async function checkColumn(
  { engine, spec, columns, findings }: Checking,
  index: number,
  known: readonly number[] | undefined,
): Promise<void> {
  const column = columns[index]!;
  const checks = checksOf(column);
  if (checks.length === 0) return;
  // Codes come in as one JSON value, so that no code is ever part of a statement.
  const codes = [JSON.stringify([...new Set(codesOf(column.field) ?? [])])];
  const counts = known ?? (await wrongCounts(engine, column, index, checks, codes));
  for (const [at, { code, wrong, detail }] of checks.entries()) {
    const count = counts[at] ?? 0;
    if (count === 0) continue;
    const [rows] = await engine.columns(
      `select min(r, ${LISTED_ROWS}) as rows from (select r, cast(${columnAt(index)} as varchar) as v from deposit), ${CODES} where ${wrong}`,
      codes,
    );
    const { code: said, ...severity } = asGranted(spec, code);
    findings.note(said, {
      ...severity,
      ...{ column: column.name, count, rows: rows?.kind === 'list' ? (rows.values[0] ?? []) : [] },
      ...(detail === undefined ? {} : { detail }),
    });
  }
}

/** How many values each check finds wrong; plain ones are asked only what may be wrong with them. */
async function wrongCounts(
  engine: Engine,
  column: FileColumn,
  index: number,
  checks: readonly ValueCheck[],
  codes: readonly string[],
): Promise<number[]> {
  const values = valuesOf(column, columnAt(index));
  const plain = plainOf(column);
  const counts = new Array<number>(checks.length).fill(0);
  const count = async (from: string, some: (check: ValueCheck) => boolean) => {
    const asked = checks.flatMap((check, at) => (some(check) ? [{ check, at }] : []));
    if (asked.length === 0) return;
    const wanted = asked.map(
      ({ check: { wrong }, at }) => `coalesce(sum(n) filter (where ${wrong}), 0) as n${at}`,
    );
    const found = await engine.columns(`select ${wanted.join(', ')} from (${from}), ${CODES}`, codes);
    for (const [position, { at }] of asked.entries()) {
      const each = found[position];
      counts[at] = each?.kind === 'number' ? (each.values[0] ?? 0) : 0;
    }
  };
  if (plain === null) await count(values, () => true);
  else {
    await count(
      `select * from (${values}) where v is null or not ${plain}`,
      ({ ofPlain }) => ofPlain === undefined,
    );
    await count(values, ({ ofPlain }) => ofPlain !== undefined);
  }
  return counts;
}

const CODES = `(select cast(from_json($1, '["VARCHAR"]') as varchar[]) as codes)`;

/** Texts repeat, and their checks are dear: each is checked once. Numbers and pseudonyms hardly do. */
function valuesOf({ field }: FileColumn, column: string): string {
  const isOften = field.type === 'category' || field.type === 'text' || field.type === 'date';
  return isOften
    ? `select ${column} as v, count(*) as n from deposit group by all`
    : `select ${column} as v, 1 as n from deposit`;
}
