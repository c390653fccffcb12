// `rates`: rates of events by stratum, and by group as they would be if every group were made up alike.
import { basisOf, contributionsOf, sumsByPerson } from '../design/basis';
import { codesOf } from '../design/codes';
import { completeRows } from '../design/complete';
import { peopleOf } from '../design/people';
import { InputRefused, numbersOf } from '../input';
import type { RowInput } from '../input';
import type { Method } from '../method';
import { linesOf } from '../plot';
import type { CellTable, DerivedCell, DerivedTable, RawCell, RawMeasure } from '../table';
import { fieldsOfRates, RatesParams } from './params';
import { standardise } from './standardise';

export { RatesParams } from './params';

export const rates: Method<RatesParams> = {
  name: 'rates',
  version: '1.0.0',
  title: 'Directly standardised rates',
  description:
    'Rates of events by group, weighed as if every group had the make-up of a standard population (direct standardisation; intervals of Dobson, Kuulasmaa, Eberle and Scherer 1991). Assumes that events come independently of each other at a rate that is the same within a stratum; it makes groups alike in the strata and in nothing else. A number that rests on fewer people with an event, or fewer without one, than the threshold is not shown. Rows with a missing value are left out and counted.',
  reports: 'Rates as they are and standardised, with their intervals.',
  reference: 'Definitions with numpy and SciPy, on deaths published by Selvin (1996).',
  accepts: ['rows'],
  weights: {
    refuses:
      'its intervals (Dobson, Byar) take events to be counts as they happened, and weighted events are none. Leave them out, or use "poisson" with weights and an exposure.',
  },
  rules: ['frequency', 'dominance', 'p_ratio', 'full_or_empty', 'differencing', 'derived', 'condition'],
  params: RatesParams,
  fieldsOf: fieldsOfRates,
  run(input, params, progress) {
    if (input.shape !== 'rows')
      throw new InputRefused(
        'Standardised rates need rows, one per record: sums do not tell whose events they are.',
      );
    progress(0, 'counting events');
    const used = completeRows(input, fieldsOfRates(params));
    const counted = countedIn(input, used.rows, params);
    const tables = [
      peopleTable(counted, params),
      ...(params.byStratum ? [stratumTable(counted, params)] : []),
      ...[standardisedTable(counted, params), ...used.leftOut],
    ];
    progress(1, 'tables made');
    return {
      tables,
      plots: (checked) =>
        checked
          .filter(({ name, keys }) => name === 'standardised' && keys.length === 1)
          .map((table) =>
            linesOf(table, {
              ...{ x: { key: params.groups ?? '' }, y: 'rate', low: 'low', high: 'high', shape: 'points' },
            }),
          ),
      diagnostics: { strata: counted.strata.length, groups: counted.groups.length },
    };
  },
};

interface Stratum {
  readonly codes: readonly string[];
  readonly weight: number;
}

interface Counted {
  readonly input: RowInput;
  readonly events: Float64Array;
  readonly exposure: Float64Array | null;
  readonly groups: readonly (string | null)[];
  readonly strata: readonly Stratum[];
  /** Rows by group, then by stratum. */
  readonly rows: readonly (readonly Int32Array[])[];
  readonly all: Int32Array;
}

function countedIn(input: RowInput, rows: Int32Array, params: RatesParams): Counted {
  const events = numbersOf(input, params.events);
  refuseNegative(
    events,
    rows,
    params.events,
    (value) => value < 0,
    'count events, which are never fewer than 0',
  );
  if (input.collected === 'STOCK' && rows.some((row) => events[row]! > 1))
    throw new InputRefused(
      `"${params.events}" counts events of people whom the source holds only while they are there (STOCK), so that repeated use is under-represented and its rate cannot be told (B39). Use a source declared as FLOW, or whether there was any event at all.`,
      'NOT_A_FLOW',
    );
  const exposure = params.exposure === undefined ? null : numbersOf(input, params.exposure);
  if (exposure)
    refuseNegative(exposure, rows, params.exposure ?? '', (value) => value <= 0, 'be time at risk above 0');
  const grouped = params.groups === undefined ? null : codesOf(input, params.groups, rows);
  const coded = params.strata.map((field) => codesOf(input, field, rows));
  const texts = Array.from(rows, (_row, at) =>
    JSON.stringify(coded.map(({ levels, code }) => levels[code[at]!])),
  );
  const strata = strataOf(texts, params);
  const place = new Map(strata.map(({ codes }, at) => [JSON.stringify(codes), at]));
  const unknown = texts.find((text) => !place.has(text));
  if (unknown !== undefined)
    throw new InputRefused(
      `The standard has no weight for a stratum of ${params.strata.join(', ')} that is in the data. Give one for each.`,
    );
  const levels = grouped?.levels ?? [null];
  const found = levels.map(() => strata.map((): number[] => []));
  rows.forEach((row, at) => found[grouped?.code[at] ?? 0]![place.get(texts[at]!)!]!.push(row));
  return {
    ...{ input, events, exposure, strata, groups: levels, all: rows },
    rows: found.map((group) => group.map((own) => Int32Array.from(own))),
  };
}

function refuseNegative(
  values: Float64Array,
  rows: Int32Array,
  field: string,
  isWrong: (value: number) => boolean,
  what: string,
): void {
  if (rows.some((row) => isWrong(values[row]!)))
    throw new InputRefused(
      `The field "${field}" has to ${what}. Choose another, or leave those records out.`,
    );
}

/** The given standard, or everybody in the data by stratum, in the order of their codes. */
function strataOf(texts: readonly string[], { standard }: RatesParams): Stratum[] {
  if (standard) return standard.map(({ stratum, weight }) => ({ codes: stratum, weight }));
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts]
    .map(([text, weight]) => ({ codes: JSON.parse(text) as string[], weight }))
    .sort((a, b) => a.codes.join('\0').localeCompare(b.codes.join('\0'), 'en', { numeric: true }));
}

const sumOf = (rows: Int32Array, values: Float64Array | null) =>
  values === null ? rows.length : rows.reduce((sum, row) => sum + values[row]!, 0);

const measure = (
  name: string,
  label: string,
  unit: string,
  statistic: RawMeasure['statistic'],
  fields: readonly string[],
): RawMeasure => ({ name, label, unit, statistic, fields });

/** Who has had an event and who has not, by group and, where they are shown, by stratum: what every rate here is made of. */
function peopleTable(counted: Counted, params: RatesParams): CellTable {
  const { input, groups, events } = counted;
  const { groups: field, byStratum } = params;
  const isCount = counted.all.some((row) => events[row]! > 1);
  const cells = groups.flatMap((group, at) =>
    placesOf(counted, params, at).flatMap(({ codes, own }) => {
      const parts = sumsByPerson(input, own, events);
      const { person } = peopleOf(input, own);
      return [true, false].map((hadEvent): RawCell => {
        const rests = basisOf(
          input,
          own.filter((_row, index) => parts[person[index]!]! > 0 === hadEvent),
        );
        const key = { ...keyOf(params, group, codes), event: hadEvent ? 'yes' : 'no' };
        if (!isCount || !hadEvent) return { key, ...rests, values: { n: rests.people } };
        const contributions = { events: contributionsOf(parts.filter((part) => part > 0)) };
        return { key, ...rests, contributions, values: { n: rests.people, events: sumOf(own, events) } };
      });
    }),
  );
  const keys = [...(field === undefined ? [] : [field]), ...(byStratum ? params.strata : []), 'event'];
  return {
    ...{ kind: 'cells', name: 'people', title: `People by ${keys.join(' and ')}`, keys, cells },
    breakdown: { event: [params.events] },
    overlapping: cells.reduce((sum, { people }) => sum + people, 0) > peopleOf(input, counted.all).people,
    measures: [
      measure('n', 'people', 'people', 'frequency', []),
      ...(isCount ? [measure('events', params.events, 'events', 'linear', [params.events])] : []),
    ],
  };
}

/** The parts of a group that stand in the table of people: its strata that hold somebody, or the group as one. */
function placesOf({ rows, strata }: Counted, { byStratum }: RatesParams, group: number) {
  const own = rows[group]!;
  if (!byStratum) return [{ codes: [], own: Int32Array.from(own.flatMap((each) => [...each])).sort() }];
  return strata.flatMap(({ codes }, at) => (own[at]!.length === 0 ? [] : [{ codes, own: own[at]! }]));
}

/** The two cells of people that a rate of these rows is made of. */
const madeOf = (params: RatesParams, group: string | null, codes: readonly string[]) =>
  ['yes', 'no'].map((event) => ({ table: 'people', key: { ...keyOf(params, group, codes), event } }));

function stratumTable(counted: Counted, params: RatesParams): DerivedTable {
  const { groups, events, exposure } = counted;
  const { groups: field, per } = params;
  const keys = [...(field === undefined ? [] : [field]), ...params.strata];
  return {
    kind: 'derived',
    name: 'by_stratum',
    title: `Rates of ${params.events} by ${keys.join(' and ')}`,
    keys,
    measures: [measure('rate', `${params.events} per ${per}`, '', 'linear', fieldsIn(params))],
    cells: groups.flatMap((group, at) =>
      placesOf(counted, params, at).map(({ codes, own }): DerivedCell => {
        const rate = (per * sumOf(own, events)) / sumOf(own, exposure);
        return { key: keyOf(params, group, codes), values: { rate }, from: madeOf(params, group, codes) };
      }),
    ),
  };
}

const fieldsIn = ({ events, exposure }: RatesParams) => [
  events,
  ...(exposure === undefined ? [] : [exposure]),
];

/** A group that nobody of some stratum is in cannot be standardised: the standard's people there have no rate. */
function standardisedTable(counted: Counted, params: RatesParams): DerivedTable {
  const { groups, rows } = counted;
  const { groups: field, per, strata } = params;
  const whole = [...groups.keys()].filter((at) => rows[at]!.every(({ length }) => length > 0));
  return {
    kind: 'derived',
    name: 'standardised',
    title: `${params.events} per ${per}, standardised by ${strata.join(' and ')}`,
    keys: field === undefined ? [] : [field],
    measures: measuresOf(params),
    cells: whole.map((at) => standardisedCell(counted, params, at)),
    notes: [
      params.standard === undefined
        ? 'The standard is everybody in the data.'
        : 'The standard is the population given in the parameters.',
      ...(whole.length === groups.length
        ? []
        : ['Groups that hold nobody of some stratum are left out: use coarser strata.']),
    ],
  };
}

/** A sum over the strata: beside their rates, one that is hidden could be worked out from it, so then it is hidden too. */
function standardisedCell(counted: Counted, params: RatesParams, at: number): DerivedCell {
  const { groups, strata, rows, events, exposure } = counted;
  const { groups: field, per, level } = params;
  const ofStrata = strata.map(({ weight }, stratum) => {
    const here = rows[at]![stratum]!;
    return { weight, events: sumOf(here, events), exposure: sumOf(here, exposure) };
  });
  const { rate, low, high } = standardise(ofStrata, level);
  const sum = (of: 'events' | 'exposure') => ofStrata.reduce((total, each) => total + each[of], 0);
  const crude = sum('events') / sum('exposure');
  return {
    key: field === undefined ? {} : { [field]: groups[at] ?? '' },
    values: { crude: per * crude, rate: per * rate, low: per * low, high: per * high },
    from: placesOf(counted, params, at).flatMap(({ codes }) => madeOf(params, groups[at]!, codes)),
  };
}

function measuresOf(params: RatesParams): RawMeasure[] {
  const { per, level } = params;
  const percent = `${Math.round(level * 1000) / 10} %`;
  const model = (name: string, label: string) => measure(name, label, '', 'model', fieldsIn(params));
  return [
    model('crude', `crude rate per ${per}`),
    model('rate', `standardised rate per ${per}`),
    model('low', `lower end of the ${percent} interval`),
    model('high', `upper end of the ${percent} interval`),
  ];
}

/** `codes` are none where strata do not stand apart. */
function keyOf({ groups, strata }: RatesParams, group: string | null, codes: readonly string[]) {
  return {
    ...(groups === undefined ? {} : { [groups]: group ?? '' }),
    ...Object.fromEntries(codes.map((code, place) => [strata[place] ?? '', code])),
  };
}
