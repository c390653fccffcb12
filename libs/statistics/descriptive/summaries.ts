// Counts and sums per group and stratum, from rows or from published cells, with what had to be left out.
import { InputRefused, columnOf, labelAt, numbersOf } from '../input';
import type { MethodInput } from '../input';
import type { Progress } from '../method';
import type { DescriptiveParams, Stratum } from './params';
import { fieldOf } from './params';
import { cellTally, rowTally } from './tallies';
import type { Summary } from './tallies';

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

const STEP = 65_536;
const CELL_LIMIT = 1_000;

/** Sums up the input by groups and strata; refuses what the data does not allow. */
export function summarise(input: MethodInput, params: DescriptiveParams, progress: Progress): Summaries {
  const axes = [params.groups, ...params.strata].map((axis) => axisOf(input, axis));
  const levels = axes.map((axis) => levelsOf(axis, input.rows));
  const count = levels.reduce((product, axis) => product * axis.length, 1);
  if (count > CELL_LIMIT) {
    throw new InputRefused(
      `Groups and strata make ${count} cells, and ${CELL_LIMIT} is the most. Use fewer strata, or coarser ones.`,
    );
  }
  const tally = input.shape === 'rows' ? rowTally(input, params.outcome) : cellTally(input, params);
  const positions = levels.map((axis) => new Map(axis.map((level, index) => [level, index])));
  for (let row = 0; row < input.rows; row += 1) {
    if (row % STEP === 0) progress(row / input.rows, 'summing up');
    const at = axes.map((axis, index) => positions[index]?.get(axis(row) ?? '') ?? -1);
    tally.add(row, at.includes(-1) ? null : at);
  }
  return { levels, ...tally.result() };
}

type Axis = (row: number) => string | null;

function axisOf(input: MethodInput, stratum: Stratum): Axis {
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
  if (typeof stratum === 'string') {
    const column = columnOf(input, name);
    return (row) => labelAt(column, row);
  }
  const values = numbersOf(input, name);
  return (row) => {
    const value = values[row];
    if (value === undefined || Number.isNaN(value)) return null;
    return value === 0 ? 'zero' : 'not zero';
  };
}

function levelsOf(axis: Axis, rows: number): string[] {
  const found = new Set<string>();
  for (let row = 0; row < rows; row += 1) {
    const label = axis(row);
    if (label !== null) found.add(label);
    if (found.size > CELL_LIMIT) {
      throw new InputRefused(
        `A group or stratum field has more than ${CELL_LIMIT} different values. Choose a field with few codes.`,
      );
    }
  }
  const levels = [...found];
  const areNumbers = levels.every((level) => level.trim() !== '' && Number.isFinite(Number(level)));
  return levels.sort((a, b) => (areNumbers ? Number(a) - Number(b) : a < b ? -1 : 1));
}
