// Standardised rates against numpy and closed forms, and what is not shown of them.
import fc from 'fast-check';
import { runMethod } from '../catalogue';
import { InputRefused } from '../input';
import type { RowInput } from '../input';
import { cellOf, expectClose, reference, rowsFrom } from '../testing/data';
import { byar, standardise } from './standardise';

interface Strata {
  events: number[];
  exposure: number[];
  weight: number[];
}
type Three = [number, number, number];
const expected = reference<
  { years: Strata; small: Strata } & Record<'years_95' | 'small_95' | 'small_99', Three>
>('rates.json');
const strataOf = ({ events, exposure, weight }: Strata) =>
  events.map((own, at) => ({ events: own, exposure: exposure[at] ?? 0, weight: weight[at] ?? 0 }));

it.each([
  ['years', 0.95, 'years_95'],
  ['small', 0.95, 'small_95'],
  ['small', 0.99, 'small_99'],
] as const)('B16: the rate and interval of %s at %d equal numpy’s', (data, level, result) => {
  const { rate, low, high } = standardise(strataOf(expected[data]), level);
  [rate, low, high].forEach((value, at) => expectClose(value, expected[result][at]!, 1e-12));
});

const stratum = fc.record({
  events: fc.integer({ min: 0, max: 50 }),
  exposure: fc.double({ min: 1, max: 1000, noNaN: true }),
  weight: fc.double({ min: 0.1, max: 100, noNaN: true }),
});

it('with its own make-up as the standard a rate is the crude one; the size of the standard does not matter', () => {
  fc.assert(
    fc.property(fc.array(stratum, { minLength: 1, maxLength: 6 }), (strata) => {
      const own = standardise(
        strata.map((each) => ({ ...each, weight: each.exposure })),
        0.95,
      );
      const sum = (of: 'events' | 'exposure') => strata.reduce((total, each) => total + each[of], 0);
      expect(own.rate).toBeCloseTo(sum('events') / sum('exposure'), 10);
      const [one, other] = [strata, strata.map((each) => ({ ...each, weight: each.weight * 7 }))].map((of) =>
        standardise(of, 0.95),
      );
      expect(one?.rate).toBeCloseTo(other?.rate ?? NaN, 10);
      expect(one!.low).toBeLessThanOrEqual(one!.rate);
      expect(one!.high).toBeGreaterThanOrEqual(one!.rate);
    }),
  );
});

it('Byar’s limits of 10 events lie within 1 % of the exact Poisson ones (4.7954, 18.3904)', () => {
  expect(Math.abs(byar(10, 0.95).low / 4.7954 - 1)).toBeLessThan(0.01);
  expect(Math.abs(byar(10, 0.95).high / 18.3904 - 1)).toBeLessThan(0.01);
});

/** Two towns with the same rate at each age, one of them older; every fifth of the young and every second of the old. */
const records = ['north', 'south'].flatMap((town) =>
  ['young', 'old'].flatMap((age) => {
    const people = (town === 'north') === (age === 'young') ? 300 : 100;
    return Array.from({ length: people }, (_, at) => ({
      ...{ town, age, years: 2, event: at % (age === 'young' ? 5 : 2) === 0 ? 1 : 0 },
    }));
  }),
);
const columnsOf = (of: typeof records) => ({
  town: of.map(({ town }) => town),
  age: of.map(({ age }) => age),
  years: of.map(({ years }) => years),
  event: of.map(({ event }) => event),
});
const base = { events: 'event', groups: 'town', strata: ['age'], per: 100 };
const run = (params: object = {}, input: RowInput = rowsFrom(columnsOf(records))) =>
  runMethod('rates', input, { ...base, ...params }).result;

describe('the method', () => {
  it('B16: towns that differ in age alone differ crudely, and not once standardised', () => {
    const [north, south] = ['north', 'south'].map((town) => cellOf(run(), 'standardised', { town }));
    expectClose(north?.['crude'], 27.5);
    expectClose(south?.['crude'], 42.5);
    expectClose(north?.['rate'], 35);
    expectClose(south?.['rate'], 35);
    expect(run().plots.map(({ kind }) => kind)).toEqual(['lines']);
  });

  it('takes a standard of one’s own and time at risk', () => {
    const standard = [
      { stratum: ['young'], weight: 9 },
      { stratum: ['old'], weight: 1 },
    ];
    expectClose(
      cellOf(run({ standard, exposure: 'years' }), 'standardised', { town: 'north' })['rate'],
      11.5,
    );
  });

  it('DOMAIN § 5 frequency: shows no group with fewer than 10 people who had an event, or who had none', () => {
    const few = records.map((each, at) => ({
      ...each,
      event: each.town === 'north' && at > 8 ? 0 : each.event,
    }));
    const { tables } = run({}, rowsFrom(columnsOf(few)));
    const rows = tables.find(({ name }) => name === 'standardised')?.rows ?? [];
    expect(rows.find(({ key }) => key['town'] === 'north')?.cell.status).toBe('suppressed');
    expect(rows.find(({ key }) => key['town'] === 'south')?.cell.status).toBe('shown');
  });

  it('DOMAIN § 5 derived: where a stratum is hidden the rates that it is a part of are hidden too', () => {
    const few = records.filter((each, at) => !(each.town === 'north' && each.age === 'old') || at % 7 === 0);
    const input = rowsFrom(columnsOf(few));
    const shownIn = (name: string, params: object) =>
      run(params, input)
        .tables.filter((table) => table.name === name)
        .flatMap((table) => table.rows)
        .filter(({ cell }) => cell.status === 'shown')
        .map(({ key }) => key['town']);
    expect(shownIn('standardised', {})).toEqual(['north', 'south']);
    expect(shownIn('standardised', { byStratum: true })).toEqual(['south']);
    expect(shownIn('by_stratum', { byStratum: true })).toContain('south');
  });

  it('B39: refuses how often people come where the source holds only who is still there', () => {
    const often = rowsFrom({ ...columnsOf(records), event: records.map(({ event }) => 2 * event) });
    expect(() => run({}, { ...often, collected: 'STOCK' })).toThrow(/STOCK/);
    expect(run({}, { ...often, collected: 'FLOW' }).tables.length).toBeGreaterThan(0);
    const once = rowsFrom(columnsOf(records));
    expect(run({}, { ...once, collected: 'STOCK' }).tables.length).toBeGreaterThan(0);
  });

  it('DOMAIN § 5 dominance: shows no rate of which one person makes up nearly all events', () => {
    const frequent = records.map((each, at) => (each.event === 1 ? 1 + (at % 3) : 0));
    const { tables } = run({}, rowsFrom({ ...columnsOf(records), event: frequent }));
    const rate = (town: string) =>
      tables.find(({ name }) => name === 'standardised')?.rows.find(({ key }) => key['town'] === town)?.cell
        .status;
    expect([rate('north'), rate('south')]).toEqual(['shown', 'shown']);
    const one = records.map((each, at) => (each.event === 1 ? (at === 0 ? 90_000 : 1 + (at % 3)) : 0));
    const { tables: dominated } = run({}, rowsFrom({ ...columnsOf(records), event: one }));
    const north = dominated
      .find(({ name }) => name === 'standardised')
      ?.rows.find(({ key }) => key['town'] === 'north');
    expect(north?.cell.status).toBe('suppressed');
  });

  it.each<[string, object, Record<string, (number | string)[]>, RegExp]>([
    ['negative events', {}, { event: records.map(() => -1) }, /"event" has to count events/],
    [
      'no time at risk',
      { exposure: 'years' },
      { years: records.map(() => 0) },
      /"years" has to be time at risk/,
    ],
    [
      'a standard without a stratum',
      { standard: [{ stratum: ['old'], weight: 1 }] },
      {},
      /no weight for a stratum/,
    ],
    [
      'a stratum given twice',
      { standard: [1, 2].map((weight) => ({ stratum: ['old'], weight })) },
      {},
      /given once/,
    ],
    [
      'codes that do not fit',
      { standard: [{ stratum: ['old', 'x'], weight: 1 }] },
      {},
      /one code for each field/,
    ],
    ['a field named twice', { strata: ['town'] }, {}, /must be different fields/],
    ['an unknown field', { strata: ['nope'] }, {}, /no field "nope"/],
    ['text as events', { events: 'age', strata: ['years'] }, {}, /"age"/],
  ])('refuses %s', (_name, params, over, message) => {
    const input = rowsFrom({ ...columnsOf(records), ...over });
    expect(() => run(params, input)).toThrow(message);
    expect(() => run(params, input)).toThrow(InputRefused);
  });
});
