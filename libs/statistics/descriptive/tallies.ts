// Running totals of cells, from records or from published cells, with what the output check asks of each.
import { infinite } from '../design/complete';
import { noWeights } from '../design/weights';
import { InputRefused, columnOf, labelAt, numbersOf } from '../input';
import type { CellInput, RowInput } from '../input';
import type { HolderVerdict } from '../table';
import type { DescriptiveParams } from './params';
import { isOneEach, ownersOf, peopleIn, summariesBy, summariesOfSingles } from './records';
import type { Records } from './records';
import type { Summaries } from './summaries';
import { weighed, weighedIn } from './weighed';
import { empty, include } from './summary';
import type { Summary } from './summary';

type Tallied = Omit<Summaries, 'levels'>;

/** The cell of every row (−1 for none), and what each cell is called: its levels' positions joined with a comma. */
export interface Places {
  readonly cell: Int32Array;
  readonly keys: readonly string[];
}

export function rowTally(
  input: RowInput,
  { outcome, weights: weighedBy }: Pick<DescriptiveParams, 'outcome' | 'weights'>,
  { cell, keys }: Places,
): Tallied {
  const records: Records = {
    values: numbersOf(input, outcome),
    ...ownersOf(input),
    organisations: input.organisations === undefined ? null : columnOf(input, input.organisations),
    units: input.units,
  };
  const isSingle = isOneEach(records);
  const weights = weighedBy === undefined ? null : numbersOf(input, weighedBy);
  const { places, lacking } = withValues(cell, records.values, outcome, weights);
  const usual = isSingle ? summariesOfSingles : summariesBy;
  const field = weighedBy ?? '';
  const summaries = weights ? weighed(weighedIn(weights, places, field), field, usual) : usual;
  const groupOf = Int32Array.from(keys, (key) => Number(key.split(',')[0]));
  const groupCount = groupOf.reduce((most, group) => Math.max(most, group), -1) + 1;
  const cells = summaries(places, keys.length, records);
  // Without strata the cells are the groups.
  const groups = keys.some((key) => key.includes(','))
    ? summaries(
        places.map((place) => (place < 0 ? -1 : groupOf[place]!)),
        groupCount,
        records,
      )
    : cells;
  const [leftOut = empty()] =
    lacking === null ? [] : usual(lacking, 1, { ...records, values: new Float64Array(lacking.length) });
  const inCells = cells.reduce((sum, { people }) => sum + people, 0);
  return {
    cells: occurring(cells, keys),
    groups: occurring(groups, [...Array(groupCount).keys()].map(String)),
    overlapping: !isSingle && inCells !== peopleIn(places, records),
    leftOut,
  };
}

/** Rows without a value are in no cell; `lacking` has place 0 for whoever is in none, null where everybody is in one. */
function withValues(
  cell: Int32Array,
  values: Float64Array,
  outcome: string,
  weights: Float64Array | null,
): { places: Int32Array; lacking: Int32Array | null } {
  let without = 0;
  const isMissing = weights
    ? (row: number) => Number.isNaN(values[row]!) || Number.isNaN(weights[row]!)
    : (row: number) => Number.isNaN(values[row]!);
  for (let row = 0; row < cell.length; row += 1) {
    const value = values[row]!;
    if (value === Infinity || value === -Infinity) throw infinite(outcome);
    if (cell[row]! < 0 || isMissing(row)) without += 1;
  }
  if (without === cell.length)
    throw new InputRefused(
      `No record has a value of "${outcome}" in a group. Choose another outcome, or other groups.`,
    );
  if (without === 0) return { places: cell, lacking: null };
  const places = cell.map((place, row) => (isMissing(row) ? -1 : place));
  return { places, lacking: places.map((place) => (place < 0 ? 0 : -1)) };
}

function occurring(summaries: readonly Summary[], keys: readonly string[]): Map<string, Summary> {
  return new Map(
    summaries.flatMap((summary, at) => (summary.records > 0 ? [[keys[at] ?? '', summary] as const] : [])),
  );
}

export function cellTally(
  input: CellInput,
  params: DescriptiveParams,
  codes: readonly Int32Array[],
): Tallied {
  if (params.weights !== undefined) throw noWeights();
  if (!input.sums.includes(params.outcome)) {
    throw new InputRefused(
      `This cell table has no sums of "${params.outcome}"; it has sums of ${input.sums.join(', ')}. Choose one of these.`,
    );
  }
  const n = numbersOf(input, 'n');
  const sum = numbersOf(input, `sum_${params.outcome}`);
  const squares = numbersOf(input, `sumsq_${params.outcome}`);
  const basisAt = basisReader(input, params.outcome);
  const cells = new Map<string, Summary>();
  const groups = new Map<string, Summary>();
  const leftOut = empty();
  for (let row = 0; row < input.rows; row += 1) {
    const count = n[row] ?? 0;
    if (count <= 0) continue;
    const at = codes.map((code) => code[row]!);
    const mean = (sum[row] ?? 0) / count;
    const m2 = Math.max(0, (squares[row] ?? 0) - count * mean * mean);
    const targets = at.includes(-1)
      ? [leftOut]
      : [ensure(cells, at.join(',')), ensure(groups, String(at[0]))];
    for (const target of targets) {
      target.basis = target.people === 0 ? basisAt(row) : mergedBasis(target.basis, basisAt(row));
      target.people += count;
      include(target, count, mean, m2);
    }
  }
  return { cells, groups, overlapping: false, leftOut };
}

/** What the holder says of a published cell: its distinct organisations, and its own finding on dominance. */
function basisReader(input: CellInput, outcome: string): (row: number) => Summary['basis'] {
  const organisations = Object.hasOwn(input.columns, 'organisations')
    ? numbersOf(input, 'organisations')
    : null;
  const said = (rule: string) => {
    const verdicts = input.columns[`${rule}_${outcome}`];
    return (row: number) => (verdicts ? labelAt(verdicts, row) : null);
  };
  const [dominance, ratio] = [said('dominance'), said('p_ratio')];
  return (row) => {
    const [holder, pRatio] = [dominance(row), ratio(row)];
    return {
      ...(organisations === null ? {} : { organisations: organisations[row] ?? 0 }),
      ...(isVerdict(holder) ? { contributions: { holder, ...(isVerdict(pRatio) ? { pRatio } : {}) } } : {}),
    };
  };
}

function isVerdict(text: string | null): text is HolderVerdict {
  return text === 'pass' || text === 'fail' || text === 'review';
}

/**
 * Of cells taken together: no fewer organisations than the most of any. Totals that pass on dominance (and so have no
 * negative contributions) pass together; anything else goes to a person.
 */
function mergedBasis(a: Summary['basis'], b: Summary['basis']): Summary['basis'] {
  const said = ({ contributions }: Summary['basis']) =>
    contributions && 'holder' in contributions ? contributions : undefined;
  const [first, second] = [said(a), said(b)];
  const both = (one?: HolderVerdict, other?: HolderVerdict): HolderVerdict =>
    one === 'pass' && other === 'pass' ? 'pass' : 'review';
  const holder = both(first?.holder, second?.holder);
  const pRatio = (first?.pRatio ?? second?.pRatio) ? { pRatio: both(first?.pRatio, second?.pRatio) } : {};
  const organisations = Math.max(a.organisations ?? 0, b.organisations ?? 0);
  return {
    ...(organisations > 0 ? { organisations } : {}),
    ...(first === undefined && second === undefined ? {} : { contributions: { holder, ...pRatio } }),
  };
}

function ensure(map: Map<string, Summary>, key: string): Summary {
  const summary = map.get(key) ?? empty();
  map.set(key, summary);
  return summary;
}
