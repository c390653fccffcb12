// People by combination of codes, from records or from a published cell table.
import { basisOf } from '../design/basis';
import { codesOf } from '../design/codes';
import { completeRows } from '../design/complete';
import { gathered } from '../design/matrix';
import { peopleOf } from '../design/people';
import { noWeights, positiveByRow, stoodForBy } from '../design/weights';
import { columnOf, InputRefused, labelAt, numbersOf } from '../input';
import type { CellInput, MethodInput, RowInput } from '../input';
import type { CellTable, RawCell } from '../table';

/** What a cell rests on, and the people it stands for where records have weights. */
export type Tallied = Omit<RawCell, 'values'> & { readonly weighted?: number };

export interface Tally {
  /** The codes of each field, in display order. */
  readonly levels: readonly (readonly string[])[];
  /** Whether somebody's records lie in several cells. */
  readonly overlapping: boolean;
  /** What each combination of these fields' codes rests on, also those nobody has. */
  cellsOver(fields: readonly string[]): Tallied[];
  readonly leftOut: readonly CellTable[];
}

export function tallyOf(input: MethodInput, fields: readonly string[], weights?: string): Tally {
  if (input.shape === 'rows') return rowTally(input, fields, weights);
  if (weights === undefined) return cellTally(input, fields);
  throw noWeights();
}

function rowTally(input: RowInput, fields: readonly string[], weighedBy: string | undefined): Tally {
  const used = completeRows(input, [...fields, ...(weighedBy === undefined ? [] : [weighedBy])]);
  const weights = weighedBy === undefined ? null : positiveByRow(input, used.rows, weighedBy);
  const stoodFor = (rows: Int32Array, of: Float64Array) =>
    stoodForBy(peopleOf(input, rows).person, gathered(of, rows), weighedBy ?? '');
  const coded = fields.map((field) => codesOf(input, field, used.rows));
  const cellsOver = (over: readonly string[]) => {
    const axes = over.map((field) => coded[fields.indexOf(field)]!);
    const sizes = axes.map(({ levels }) => levels.length);
    const members = Array.from(
      { length: sizes.reduce((product, size) => product * size, 1) },
      (): number[] => [],
    );
    used.rows.forEach((row, at) =>
      members[axes.reduce((place, { code }, axis) => place * sizes[axis]! + code[at]!, 0)]!.push(row),
    );
    return members.map((rows, place) => ({
      key: keyAt(over, axes, place),
      ...basisOf(input, Int32Array.from(rows)),
      ...(weights ? { weighted: stoodFor(Int32Array.from(rows), weights) } : {}),
    }));
  };
  const inCells = cellsOver(fields).reduce((sum, { people }) => sum + people, 0);
  return {
    levels: coded.map(({ levels }) => levels),
    overlapping: inCells > used.people,
    cellsOver,
    leftOut: used.leftOut,
  };
}

/** The codes at a place, the last field's changing fastest. */
function keyAt(
  fields: readonly string[],
  axes: readonly { readonly levels: readonly string[] }[],
  place: number,
): Record<string, string> {
  const codes: string[] = [];
  let rest = place;
  for (const { levels } of axes.toReversed()) {
    codes.unshift(levels[rest % levels.length]!);
    rest = Math.floor(rest / levels.length);
  }
  return Object.fromEntries(fields.map((field, axis) => [field, codes[axis]!]));
}

function cellTally(input: CellInput, fields: readonly string[]): Tally {
  const unknown = fields.find((field) => !input.dimensions.includes(field));
  if (unknown !== undefined) {
    throw new InputRefused(
      `"${unknown}" is not a dimension of this cell table; it has ${input.dimensions.join(', ')}. Choose one of these, or ask the holder for one more dimension.`,
    );
  }
  const people = numbersOf(input, 'n');
  const columns = fields.map((field) => columnOf(input, field));
  const labels = Array.from({ length: input.rows }, (_, row) =>
    columns.map((column) => labelAt(column, row)),
  );
  const complete = [...labels.keys()].filter((row) => !labels[row]!.includes(null));
  const levels = fields.map((_, axis) => inOrder(new Set(complete.map((row) => labels[row]![axis]!))));
  const cellsOver = (over: readonly string[]) => {
    const axes = over.map((field) => fields.indexOf(field));
    const sums = new Map<string, number>();
    for (const row of complete) {
      const text = JSON.stringify(axes.map((axis) => labels[row]![axis]));
      sums.set(text, (sums.get(text) ?? 0) + people[row]!);
    }
    const own = axes.map((axis) => ({ levels: levels[axis]! }));
    const count = own.reduce((product, axis) => product * axis.levels.length, 1);
    return Array.from({ length: count }, (_, place) => {
      const key = keyAt(over, own, place);
      return { key, people: sums.get(JSON.stringify(over.map((field) => key[field]))) ?? 0 };
    });
  };
  const missing = people.reduce((sum, n, row) => (labels[row]!.includes(null) ? sum + n : sum), 0);
  return {
    levels,
    overlapping: false,
    cellsOver,
    leftOut: missing === 0 ? [] : [leftOutTable(missing, fields)],
  };
}

function inOrder(labels: ReadonlySet<string>): string[] {
  const areNumbers = [...labels].every((label) => label.trim() !== '' && Number.isFinite(Number(label)));
  return [...labels].sort((a, b) => (areNumbers ? Number(a) - Number(b) : a < b ? -1 : 1));
}

function leftOutTable(people: number, fields: readonly string[]): CellTable {
  return {
    ...{ kind: 'cells', name: 'left_out', keys: [] },
    title: `People left out because ${fields.join(', ')} is not complete`,
    measures: [{ name: 'n', label: 'people', unit: 'people', statistic: 'frequency' }],
    cells: [{ key: {}, people, values: { n: people } }],
  };
}
