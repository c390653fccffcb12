// What rows and cells are held to as a whole: keys, repeats, rules across fields, FLOW and STOCK, sums that can be.
import type { Engine } from '../engine/engine';
import { columnAt } from '../engine/tables';
import type { RowRule } from '../grant/spec';
import { asGranted, boundedFields, periodOf } from './periods';
import { LISTED_ROWS } from './report';
import type { Checking } from './value-check';

/** Checks the rows of the table `deposit` against each other and themselves. */
export async function checkRowsTogether(checking: Checking): Promise<void> {
  await checkRepeatedPeople(checking);
  await checkKey(checking);
  for (const rule of checking.spec.rules ?? []) await checkRule(checking, rule);
  await checkCollected(checking);
  await checkDated(checking);
}

/** B27: what was true outside a field's period was not granted, whatever else the row holds. */
async function checkDated({ engine, spec, columns, findings }: Checking): Promise<void> {
  for (const { field, column, isOutside } of boundedFields(spec, columns)) {
    if (field.datedBy === undefined || !field.period) continue;
    const wrong = await rowsWhere(engine, `select r from deposit where ${isOutside}`);
    if (wrong.count === 0) continue;
    const { code, ...severity } = asGranted(spec, 'OUT_OF_PERIOD');
    findings.note(code, { column: column.name, ...wrong, detail: periodOf(field.period), ...severity });
  }
}

function at({ columns }: Checking, name: string): string {
  return columnAt(columns.findIndex((column) => column.name === name));
}

/** Several rows for one person are episodes, not a mistake, unless the grant says one row a person. */
async function checkRepeatedPeople({ engine, spec, columns, findings }: Checking): Promise<void> {
  const index = columns.findIndex(({ field }) => field.type === 'pseudonym');
  const column = columns[index];
  if (!column) return;
  const repeated = await repeatedBy(engine, [columnAt(index)]);
  if (repeated.count === 0) return;
  const isRefused = column.field.unique === true;
  const who = spec.granularity === 'HOUSEHOLD' ? 'household' : 'person';
  findings.note('REPEATED_PSEUDONYM', {
    column: column.name,
    ...repeated,
    severity: isRefused ? 'refuse' : 'note',
    detail: isRefused
      ? `the same pseudonym stands in another row too, and the grant allows one row a ${who}. ${
          who === 'person' ? 'Remove the duplicates.' : 'Bring the rows to households: parley prepare does.'
        }`
      : 'a person has several rows; people are counted once, rows as records.',
  });
  if (isRefused) return;
  const same = await repeatedBy(
    engine,
    columns.map((_column, position) => columnAt(position)),
  );
  if (same.count > 0) findings.note('REPEATED_ROW', { ...same, severity: 'note' });
}

async function checkKey(checking: Checking): Promise<void> {
  const { engine, spec, findings } = checking;
  if (!spec.key) return;
  const twice = await repeatedBy(
    engine,
    spec.key.map((name) => at(checking, name)),
  );
  if (twice.count > 0) findings.note('REPEATED_KEY', { ...twice, detail: spec.key.join(', ') });
}

async function checkRule(checking: Checking, rule: RowRule): Promise<void> {
  const { engine, findings } = checking;
  const field = at(checking, rule.field);
  if ('notBefore' in rule) {
    const other = at(checking, rule.notBefore);
    const isNumber = checking.columns.some(
      ({ name, field: { type } }) => name === rule.field && (type === 'integer' || type === 'number'),
    );
    const less = isNumber ? `cast(${field} as double) < cast(${other} as double)` : `${field} < ${other}`;
    const wrong = await rowsWhere(engine, `select r from deposit where ${less}`);
    if (wrong.count > 0)
      findings.note('ROW_RULE', { column: rule.field, ...wrong, detail: `before "${rule.notBefore}"` });
    return;
  }
  const { field: where, in: values } = rule.requiredWhere;
  const wrong = await rowsWhere(
    engine,
    `select r from deposit where ${field} is null
      and list_contains(cast(from_json($1, '["VARCHAR"]') as varchar[]), ${at(checking, where)})`,
    [JSON.stringify(values)],
  );
  if (wrong.count > 0)
    findings.note('ROW_RULE', {
      column: rule.field,
      ...wrong,
      detail: `empty, where "${where}" says that there is a value`,
    });
}

/** B39: a stock holds who was there on its day; a flow holds people who have left. */
async function checkCollected(checking: Checking): Promise<void> {
  const { engine, spec, findings } = checking;
  const { kind, start, end, asAt } = spec.collected ?? {};
  if (kind === 'STOCK' && asAt !== undefined) {
    const outside = [
      ...(start === undefined ? [] : [`${at(checking, start)} > '${asAt}'`]),
      ...(end === undefined ? [] : [`${at(checking, end)} < '${asAt}'`]),
    ];
    if (outside.length === 0) return;
    const wrong = await rowsWhere(engine, `select r from deposit where ${outside.join(' or ')}`);
    if (wrong.count > 0) findings.note('NOT_OF_STOCK', { ...wrong, detail: asAt });
  }
  if (kind === 'FLOW' && end !== undefined) {
    const { n = 0 } = await engine.figures(`select count(${at(checking, end)}) as n from deposit`);
    if (n === 0) findings.note('NO_FLOW', { column: end });
  }
}

/** Checks a cell table as a whole; its values have passed, so casts hold. */
export async function checkCells(checking: Checking): Promise<void> {
  const { engine, spec, findings } = checking;
  const twice = await repeatedBy(
    engine,
    spec.dimensions.map((name) => at(checking, name)),
  );
  if (twice.count > 0) findings.note('REPEATED_CELL', twice);
  await checkDated(checking);
  const n = `cast(${at(checking, 'n')} as double)`;
  if (spec.fewest !== undefined) {
    const small = await rowsWhere(engine, `select r from deposit where ${n} < ${spec.fewest}`);
    if (small.count > 0) findings.note('SMALL_CELL', { ...small, detail: String(spec.fewest) });
  }
  if (spec.organisations !== undefined) {
    const organisations = `cast(${at(checking, 'organisations')} as double)`;
    const many = await rowsWhere(engine, `select r from deposit where ${organisations} > ${n}`);
    if (many.count > 0) findings.note('TOO_MANY_ORGANISATIONS', { column: 'organisations', ...many });
  }
  for (const name of spec.sums) {
    const [sum, squares] = [`sum_${name}`, `sumsq_${name}`].map(
      (part) => `cast(${at(checking, part)} as double)`,
    );
    // Cauchy-Schwarz: sum² ≤ n · sum of squares; a little room for rounding.
    const wrong = `${sum} * ${sum} > ${n} * ${squares} * (1 + 1e-9) + 1e-9`;
    const impossible = await rowsWhere(engine, `select r from deposit where ${wrong}`);
    if (impossible.count > 0) findings.note('IMPOSSIBLE_SUMS', { column: `sum_${name}`, ...impossible });
  }
}

/** Rows that share all these columns with another one. Most files have none: as many hashes as rows tell that cheaply. */
async function repeatedBy(engine: Engine, columns: readonly string[]): Promise<Found> {
  const key = columns.join(', ');
  const { n = 0 } = await engine.figures(`select count(*) - count(distinct hash(${key})) as n from deposit`);
  if (n === 0) return { count: 0, rows: [] };
  const groups = `select ${key} from deposit group by ${key} having count(*) > 1`;
  const same = columns.map((column) => `d.${column} is not distinct from twice.${column}`).join(' and ');
  return rowsWhere(engine, `select d.r from deposit d join (${groups}) twice on ${same}`);
}

interface Found {
  readonly count: number;
  readonly rows: number[];
}

async function rowsWhere(engine: Engine, select: string, values: readonly string[] = []): Promise<Found> {
  const [count, rows] = await engine.columns(
    `select count(*) as n, min(r, ${LISTED_ROWS}) as r from (${select})`,
    values,
  );
  return {
    count: count?.kind === 'number' ? (count.values[0] ?? 0) : 0,
    rows: rows?.kind === 'list' ? [...(rows.values[0] ?? [])] : [],
  };
}
