// P6, third part: the output check of a large table with its margins, as the engine makes it when an analysis ends.
import { checkTables, Thresholds, unitSet } from '#libs/statistics';
import type { RawCell, RawMeasure, RawTable } from '#libs/statistics';
import { SeededRandom } from '../../libs/statistics/random';
import { median, within } from './figures';
import type { Figure } from './figures';

const ROWS = 1_000;
const COLUMNS = 50;
const RUNS = 5;
const PEOPLE: RawMeasure = { name: 'n', label: 'people', unit: 'people', statistic: 'frequency' };

/** Counts of 1 to 200 people, so that about one cell in twenty is small, with everybody's unit id and all margins. */
function largeTable(): RawTable[] {
  const random = new SeededRandom(6);
  const counts = Array.from({ length: ROWS * COLUMNS }, () => 1 + random.below(200));
  const units: Uint32Array[] = [];
  let next = 0;
  for (const count of counts) units.push(Uint32Array.from({ length: count }, () => next++));
  const cell = (key: Record<string, string>, places: number[]): RawCell => {
    const all =
      places.length === 1 ? units[places[0] ?? 0]! : unitSet(joined(places.map((at) => units[at]!)));
    return { key, people: all.length, units: all, values: { n: all.length } };
  };
  const row = (at: number) => ({ area: `a${Math.floor(at / COLUMNS)}` });
  const column = (at: number) => ({ band: `b${at % COLUMNS}` });
  const places = [...counts.keys()];
  const margin = (name: string, keys: string[], cells: RawCell[]): RawTable => ({
    ...{ kind: 'margin', name, title: name, keys, over: 'counts', overlapping: false },
    ...{ measures: [PEOPLE], cells },
  });
  return [
    {
      ...{ kind: 'cells', name: 'counts', title: 'People', keys: ['area', 'band'], measures: [PEOPLE] },
      cells: places.map((at) => cell({ ...row(at), ...column(at) }, [at])),
    },
    margin(
      'by_area',
      ['area'],
      Array.from({ length: ROWS }, (_, area) =>
        cell({ area: `a${area}` }, places.slice(area * COLUMNS, (area + 1) * COLUMNS)),
      ),
    ),
    margin(
      'by_band',
      ['band'],
      Array.from({ length: COLUMNS }, (_, band) =>
        cell(
          { band: `b${band}` },
          places.filter((at) => at % COLUMNS === band),
        ),
      ),
    ),
    margin('total', [], [cell({}, places)]),
  ];
}

function joined(sets: Uint32Array[]): Uint32Array {
  const all = new Uint32Array(sets.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const set of sets) {
    all.set(set, at);
    at += set.length;
  }
  return all;
}

export function outputCheck(say: (line: string) => void): Figure {
  const tables = largeTable();
  let hidden = 0;
  const taken = Array.from({ length: RUNS }, () => {
    const started = performance.now();
    const checked = checkTables(tables, Thresholds.parse({}), { earlier: [] });
    const seconds = (performance.now() - started) / 1000;
    hidden = checked.tables.flatMap(({ rows }) => rows).filter(({ cell }) => cell.status !== 'shown').length;
    return seconds;
  });
  const value = median(taken);
  say(`P6: output check of ${ROWS} × ${COLUMNS}: ${value.toFixed(2)} s, ${hidden} cells not shown`);
  const what = 'output check of 1,000 × 50 cells with margins and unit ids';
  return within({ id: 'P6-check', what, value, unit: 's' }, 1);
}
