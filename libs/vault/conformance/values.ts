// Second pass over a deposit, in DuckDB: does every value meet the grant, and does any look like a direct identifier?
import type { Engine } from '../engine/engine';
import { columnAt } from '../engine/tables';
import type { FileColumn } from '../grant/columns';
import { codesOf } from '../grant/fields';
import type { DataSpec } from '../grant/spec';
import { checksOf, plainOf } from './column-checks';
import type { Findings } from './findings';
import { namesBirth, namesIdentifier } from './identifiers';
import { LISTED_ROWS } from './report';
import { checkCells, checkRowsTogether } from './row-checks';
import type { ValueCheck } from './value-check';

/** Checks every column of the table `deposit`, and the rows as a whole. */
export async function checkValues(
  engine: Engine,
  spec: DataSpec,
  columns: readonly FileColumn[],
  findings: Findings,
  progress: (done: number) => void = () => undefined,
): Promise<void> {
  for (const [index, column] of columns.entries()) {
    checkName(column, findings);
    await checkColumn(engine, column, index, findings);
    progress((index + 1) / (columns.length + 1));
  }
  // Rows with wrong values cannot be compared: their casts would fail.
  const together = { engine, spec, columns, findings };
  if (spec.level === 'ROWS') await checkRowsTogether(together);
  else if (!findings.isRefused) await checkCells(together);
  progress(1);
}

/** A column that is called what nobody may deposit is one, also where its values are not recognised. */
function checkName({ name, field, part }: FileColumn, findings: Findings): void {
  if (part !== 'field' || field.type === 'pseudonym' || codesOf(field)) return;
  const isBirth = namesBirth(name) && (field.type !== 'date' || (field.precision ?? 'DAY') === 'DAY');
  if (isBirth) findings.note('DATE_OF_BIRTH', { column: name });
  else if (namesIdentifier(name)) findings.note('IDENTIFYING_COLUMN', { column: name });
}

/** A clean file is the usual case: wrong values are counted first, and only where there are some are their rows looked up. */
async function checkColumn(
  engine: Engine,
  column: FileColumn,
  index: number,
  findings: Findings,
): Promise<void> {
  const checks = checksOf(column);
  if (checks.length === 0) return;
  // Codes come in as one JSON value, so that no code is ever part of a statement.
  const codes = [JSON.stringify([...new Set(codesOf(column.field) ?? [])])];
  const counts = await wrongCounts(engine, column, index, checks, codes);
  for (const [at, { code, wrong, detail }] of checks.entries()) {
    const count = counts[at] ?? 0;
    if (count === 0) continue;
    const [rows] = await engine.columns(
      `select min(r, ${LISTED_ROWS}) as rows from (select r, ${columnAt(index)} as v from deposit), ${CODES} where ${wrong}`,
      codes,
    );
    findings.note(code, {
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
    await count(`select * from (${values}) where v is null or not ${plain}`, ({ ofPlain }) => !ofPlain);
    await count(values, ({ ofPlain }) => ofPlain === true);
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
