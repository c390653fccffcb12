// Second pass over a deposit, in DuckDB: does every value meet the grant, and does any look like a direct identifier?
import type { Engine } from '../engine/engine';
import { columnAt } from '../engine/tables';
import type { FileColumn } from '../grant/columns';
import { codesOf } from '../grant/fields';
import type { DataSpec } from '../grant/spec';
import { checksOf } from './column-checks';
import type { Findings } from './findings';
import { namesBirth, namesIdentifier } from './identifiers';
import { LISTED_ROWS } from './report';
import { checkCells, checkRowsTogether } from './row-checks';

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

async function checkColumn(
  engine: Engine,
  column: FileColumn,
  index: number,
  findings: Findings,
): Promise<void> {
  const checks = checksOf(column);
  if (checks.length === 0) return;
  const wanted = checks.flatMap(({ wrong }, at) => [
    `count(*) filter (where ${wrong}) as n${at}`,
    `min(r, ${LISTED_ROWS}) filter (where ${wrong}) as rows${at}`,
  ]);
  const values = [...new Set(codesOf(column.field) ?? [])];
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
}
