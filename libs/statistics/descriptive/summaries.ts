// Counts and sums per group and stratum, from rows or from published cells, with what had to be left out.
import { ordered } from '../design/codes';
import type { Coded } from '../design/codes';
import { InputRefused, allRows, columnOf, distinctIn, labelAt, numbersOf } from '../input';
import type { Column, MethodInput } from '../input';
import type { Progress } from '../method';
import type { DescriptiveParams, Stratum } from './params';
import { fieldOf } from './params';
import type { Summary } from './summary';
import { cellTally, rowTally } from './tallies';
import type { Places } from './tallies';

export interface Summaries {
  /** Levels of the group field and then of each stratum, in display order. */
  readonly levels: readonly (readonly string[])[];
  /** By the levels' positions joined with a comma: only cells that occur. */
  readonly cells: ReadonlyMap<string, Summary>;
  readonly groups: ReadonlyMap<string, Summary>;
  /** Whether somebody's records lie in more than one cell: people of cells then do not add up. */
  readonly overlapping: boolean;
  readonly leftOut: Summary;
}

const CELL_LIMIT = 1_000;

/** Sums up the input by groups and strata; refuses what the data does not allow. */
export function summarise(input: MethodInput, params: DescriptiveParams, progress: Progress): Summaries {
  const names = [params.groups, ...params.strata];
  const axes = names.map((name, at) => {
    progress(at / (names.length + 1), 'reading groups');
    return axisOf(input, name);
  });
  const levels = axes.map((axis) => axis.levels);
  const count = levels.reduce((product, axis) => product * axis.length, 1);
  if (count > CELL_LIMIT) {
    throw new InputRefused(
      `Groups and strata make ${count} cells, and ${CELL_LIMIT} is the most. Use fewer strata, or coarser ones.`,
    );
  }
  progress(names.length / (names.length + 1), 'summing up');
  const codes = axes.map(({ code }) => code);
  const tally =
    input.shape === 'rows'
      ? rowTally(input, params, placesOf(codes, levels, input.rows))
      : cellTally(input, params, codes);
  return { levels, ...tally };
}

/** The cell of every row, numbered with the last axis changing fastest; −1 where a group or stratum is missing. */
function placesOf(codes: readonly Int32Array[], levels: Summaries['levels'], rows: number): Places {
  const [only] = codes;
  const cell = codes.length === 1 && only ? only : new Int32Array(rows);
  if (cell !== only)
    codes.forEach((code, axis) => {
      const size = levels[axis]?.length ?? 0;
      for (let row = 0; row < rows; row += 1)
        cell[row] = cell[row]! < 0 || code[row]! < 0 ? -1 : cell[row]! * size + code[row]!;
    });
  const keys = levels.reduce<string[]>(
    (all, axis, at) =>
      all.flatMap((key) => axis.map((_, index) => (at === 0 ? `${index}` : `${key},${index}`))),
    [''],
  );
  return { cell, keys };
}

function axisOf(input: MethodInput, stratum: Stratum): Coded {
  const name = fieldOf(stratum);
  if (input.shape === 'rows' && input.people === name) {
    throw new InputRefused(
      `"${name}" says whose record a row is; people are no groups. Choose another field.`,
    );
  }
  if (input.shape === 'cells' && !input.dimensions.includes(name)) {
    throw new InputRefused(
      `"${name}" is not a dimension of this cell table; it has ${input.dimensions.join(', ')}. Choose one of these, or ask the holder for one more dimension.`,
    );
  }
  if (typeof stratum === 'string') return codedAxis(columnOf(input, name), input);
  const isZero = numbersOf(input, name).map((value) => (Number.isNaN(value) ? value : Number(value !== 0)));
  const { code, first } = distinctIn({ kind: 'number', values: isZero }, allRows(input));
  return ordered(
    first.map((row) => (isZero[row] === 0 ? 'zero' : 'not zero')),
    code,
  );
}

/** The levels in display order, and each row's position among them, −1 where it has none. */
function codedAxis(column: Column, input: MethodInput): Coded {
  const { labels, code } = labelledIn(column, input);
  if (labels.length > CELL_LIMIT) {
    throw new InputRefused(
      `A group or stratum field has more than ${CELL_LIMIT} different values. Choose a field with few codes.`,
    );
  }
  return ordered(labels, code);
}

/** The labels that occur and each row's position among them; text whose labels all occur is told apart already. */
function labelledIn(column: Column, input: MethodInput): { labels: readonly string[]; code: Int32Array } {
  if (column.kind === 'text' && column.labels.length <= CELL_LIMIT) {
    const occurs = new Uint8Array(column.labels.length);
    for (let row = 0; row < column.codes.length; row += 1)
      if (column.codes[row]! >= 0) occurs[column.codes[row]!] = 1;
    if (!occurs.includes(0)) return { labels: column.labels, code: column.codes };
  }
  const { code, first } = distinctIn(column, allRows(input));
  return { labels: first.map((row) => labelAt(column, row) ?? ''), code };
}
