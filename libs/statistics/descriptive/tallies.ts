// Running totals of cells, from records or from published cells, with what the output check asks of each.
import { InputRefused, allRows, columnOf, distinctIn, labelAt, numbersOf } from '../input';
import type { CellInput, Column, RowInput } from '../input';
import type { Basis, Contributions, HolderVerdict } from '../table';
import { contributionsOf } from '../design/basis';
import { gathered } from '../design/matrix';
import { unitSet } from '../disclosure/units';
import type { DescriptiveParams } from './params';
import type { Summaries } from './summaries';

/** Running totals of one cell: people, records, and a mean and centred sum of squares that do not cancel. */
export interface Summary {
  people: number;
  records: number;
  mean: number;
  m2: number;
  /** What the mean rests on; made when the tally is complete. */
  basis: Pick<Basis, 'organisations' | 'units'> & { contributions?: Contributions };
}

type Tallied = Omit<Summaries, 'levels'>;

/** The cell of every row (−1 for none), and what each cell is called: its levels' positions joined with a comma. */
export interface Places {
  readonly cell: Int32Array;
  readonly keys: readonly string[];
}

/** What every row brings: its value, whose it is, and of which organisation and unit, where the data says so. */
interface Records {
  readonly values: Float64Array;
  readonly owner: Int32Array;
  readonly owners: number;
  readonly organisations: Column | null;
  readonly units: Uint32Array | undefined;
}

export function rowTally(input: RowInput, outcome: string, { cell, keys }: Places): Tallied {
  const values = numbersOf(input, outcome);
  const records: Records = {
    values,
    ...ownersOf(input),
    organisations: input.organisations === undefined ? null : columnOf(input, input.organisations),
    units: input.units,
  };
  const places = cell.map((place, row) => (Number.isNaN(values[row]!) ? -1 : place));
  const groupOf = Int32Array.from(keys, (key) => Number(key.split(',')[0]));
  const groupCount = groupOf.reduce((most, group) => Math.max(most, group), -1) + 1;
  const cells = summariesBy(places, keys.length, records);
  // Without strata the cells are the groups.
  const groups = keys.some((key) => key.includes(','))
    ? summariesBy(
        places.map((place) => (place < 0 ? -1 : groupOf[place]!)),
        groupCount,
        records,
      )
    : cells;
  const lacking = places.map((place) => (place < 0 ? 0 : -1));
  const nothing = new Float64Array(lacking.includes(0) ? values.length : 0);
  const [leftOut = empty()] =
    nothing.length === 0 ? [] : summariesBy(lacking, 1, { ...records, values: nothing });
  const inCells = cells.reduce((sum, { people }) => sum + people, 0);
  return {
    cells: occurring(cells, keys),
    groups: occurring(groups, [...Array(groupCount).keys()].map(String)),
    overlapping: inCells !== peopleIn(places, records),
    leftOut,
  };
}

/** How many people have a record that is in a cell. */
function peopleIn(places: Int32Array, { owner, owners }: Records): number {
  const isIn = new Uint8Array(owners);
  let people = 0;
  for (let row = 0; row < places.length; row += 1) {
    if (places[row]! < 0 || isIn[owner[row]!] === 1) continue;
    isIn[owner[row]!] = 1;
    people += 1;
  }
  return people;
}

function occurring(summaries: readonly Summary[], keys: readonly string[]): Map<string, Summary> {
  return new Map(
    summaries.flatMap((summary, at) => (summary.records > 0 ? [[keys[at] ?? '', summary] as const] : [])),
  );
}

/** Whose record each row is, as a number from 0; a row that names nobody is somebody of its own. */
function ownersOf(input: RowInput): Pick<Records, 'owner' | 'owners'> {
  const rows = allRows(input);
  if (input.people === undefined) return { owner: rows, owners: input.rows };
  const { code, first } = distinctIn(columnOf(input, input.people), rows);
  let owners = first.length;
  const owner = code.map((person) => (person < 0 ? owners++ : person));
  return { owner, owners };
}

/** A summary of every place, with everybody in it once, however many records they have there. */
function summariesBy(places: Int32Array, count: number, records: Records): Summary[] {
  const { values, owner, owners } = records;
  const { order, starts } = sortedBy(places, count);
  const mark = new Int32Array(owners).fill(-1);
  const sums = new Float64Array(owners);
  const members = new Int32Array(owners);
  return Array.from({ length: count }, (_, place) => {
    const summary = empty();
    const rows = order.subarray(starts[place], starts[place + 1]);
    for (const row of rows) {
      const who = owner[row]!;
      if (mark[who] !== place) {
        mark[who] = place;
        sums[who] = 0;
        members[summary.people] = who;
        summary.people += 1;
      }
      sums[who]! += values[row]!;
      include(summary, 1, values[row]!, 0);
    }
    if (rows.length > 0)
      summary.basis = {
        contributions: contributionsOf(gathered(sums, members.subarray(0, summary.people))),
        ...groupedBasis(rows, records),
      };
    return summary;
  });
}

/** Rows in order of their places, and where each place begins; rows of no place are left out. */
function sortedBy(places: Int32Array, count: number): { order: Int32Array; starts: Int32Array } {
  const starts = new Int32Array(count + 1);
  for (const place of places) if (place >= 0) starts[place + 1]! += 1;
  for (let place = 0; place < count; place += 1) starts[place + 1]! += starts[place]!;
  const next = starts.slice();
  const order = new Int32Array(starts[count]!);
  places.forEach((place, row) => {
    if (place >= 0) order[next[place]!++] = row;
  });
  return { order, starts };
}

function groupedBasis(rows: Int32Array, { organisations, units }: Records): Summary['basis'] {
  const labels = organisations === null ? [] : rows;
  const found = new Set<string>();
  for (const row of labels) found.add((organisations && labelAt(organisations, row)) ?? `row ${row}`);
  return {
    ...(found.size > 0 ? { organisations: found.size } : {}),
    ...(units === undefined ? {} : { units: unitSet(Array.from(rows, (row) => units[row]!)) }),
  };
}

export function cellTally(
  input: CellInput,
  params: DescriptiveParams,
  codes: readonly Int32Array[],
): Tallied {
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

/** A cell nobody is in. */
export function empty(): Summary {
  return { people: 0, records: 0, mean: 0, m2: 0, basis: {} };
}

/** Adds `count` records with the given mean and centred sum of squares (Chan, Golub and LeVeque 1983). */
function include(summary: Summary, count: number, mean: number, m2: number): void {
  const total = summary.records + count;
  const delta = mean - summary.mean;
  summary.mean += (delta * count) / total;
  summary.m2 += m2 + (delta * delta * summary.records * count) / total;
  summary.records = total;
}
