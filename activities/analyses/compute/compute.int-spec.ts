// The computing process: what it gives back, what it keeps to itself, and that it can be ended at any moment.
import { textColumn } from '#libs/statistics';
import { compute, TookTooLong, TookTooMuchMemory } from '.';
import type { ShownUnits } from '#libs/statistics';
import type { Computation } from '.';

// Each starts a process: a loaded machine must not look like a broken rule.
jest.setTimeout(60_000);

const people = (count: number): Computation => ({
  method: 'descriptive',
  params: { outcome: 'pay', groups: 'treat' },
  data: {
    shape: 'rows',
    rows: count,
    columns: {
      treat: textColumn(Array.from({ length: count }, (_, i) => String(i % 2))),
      pay: { kind: 'number', values: Float64Array.from({ length: count }, (_, i) => i) },
    },
  },
  thresholds: [{ frequency: 10 }],
  against: {},
});
/** Eighty people, of whom the first few of group 0 have no value. */
const missing = (few: number): Computation => {
  const { data, ...rest } = people(80);
  const pay = { kind: 'number' as const, values: Float64Array.from({ length: 80 }, (_, i) => i) };
  for (let i = 0; i < few; i += 1) pay.values[2 * i] = Number.NaN;
  return { ...rest, data: { ...data, columns: { ...data.columns, pay } } };
};
const never = new AbortController().signal;

describe('the computing process', () => {
  it('B16: runs a declared method on a release in memory and says how far it is', async () => {
    const steps: number[] = [];
    const computed = await compute(people(40), never, (done) => steps.push(done));
    if (computed.type !== 'done') throw new Error('refused');
    expect(computed.result.tables.map(({ name }) => name)).toEqual(['by_group', 'difference']);
    expect(steps.at(-1)).toBe(1);
  });

  it('the same input gives the same result', async () => {
    const [one, two] = await Promise.all(
      [people(40), people(40)].map((c) => compute(c, never, () => undefined)),
    );
    expect(one).toEqual(two);
  });

  it('T12: says that the data cannot answer, never in words that may quote it', async () => {
    const unknown = { ...people(40), params: { outcome: 'nothing', groups: 'treat' } };
    await expect(compute(unknown, never, () => undefined)).resolves.toEqual({
      type: 'refused',
      reason: 'INPUT_REFUSED',
    });
  });

  it('DOMAIN § 5 differencing: what differs by a few people from what the release showed before is not shown', async () => {
    const shown = async (count: number, earlier: ShownUnits[]) => {
      const computed = await compute({ ...missing(count), against: { earlier } }, never, () => undefined);
      if (computed.type !== 'done') throw new Error('refused');
      const [table] = computed.result.tables;
      return {
        statuses: table?.rows.map(({ cell }) => cell.status),
        verdicts: computed.findings.flatMap((f) => (f.rule === 'differencing' ? [f.verdict] : [])),
        shown: computed.shown,
      };
    };
    const all = await shown(0, []);
    expect(all.statuses).toEqual(['shown', 'shown']);
    expect(all.verdicts).not.toContain('review');
    const again = await shown(0, [...all.shown]);
    expect(again.statuses).toEqual(['shown', 'shown']);
    // Three of group 0 left out for a missing value: the difference from before would tell of them.
    expect((await shown(3, [...all.shown])).statuses).toEqual(['suppressed', 'shown']);
    const unknown = await shown(0, [{ name: 'of another release', cells: null }]);
    expect(unknown.verdicts).toContain('review');
  });

  it('DOMAIN § 5 differencing: finds the people of published cells in the whole release, whomever the run reads', async () => {
    const published = [
      {
        name: 'office, version 1',
        dimensions: ['treat'],
        columns: {
          treat: textColumn(['0', '1']),
          n: { kind: 'number' as const, values: Float64Array.of(40, 40) },
        },
      },
    ];
    const statuses = async (few: number, more: Partial<Computation>) => {
      const given = { ...missing(few), against: { earlier: [] }, ...more };
      const computed = await compute(given, never, () => undefined);
      if (computed.type !== 'done') throw new Error('refused');
      return computed.result.tables[0]?.rows.map(({ cell }) => cell.status);
    };
    expect(await statuses(3, {})).toEqual(['shown', 'shown']);
    expect(await statuses(3, { published })).toEqual(['suppressed', 'shown']);
    expect(await statuses(0, { published })).toEqual(['shown', 'shown']);
    const subpopulation = { field: 'treat', values: ['0'] };
    expect(await statuses(3, { published, subpopulation })).toEqual(['suppressed']);
  });

  it('B39: why a method may not be used on such a source is told by a word of its own', async () => {
    const spells = { ...people(40), method: 'survival', params: { time: 'pay', width: 10 } };
    const stock = { ...spells, data: { ...spells.data, collected: 'STOCK' as const } };
    await expect(compute(stock, never, () => undefined)).resolves.toEqual({
      type: 'refused',
      reason: 'NOT_A_FLOW',
    });
  });

  it('B38: draws no series across a break, whatever the run declared, but on one side of it when only that is read', async () => {
    const { data, ...rest } = people(80);
    const year = textColumn(Array.from({ length: 80 }, (_, row) => String(2013 + (row % 4))));
    const breaks = [{ field: 'pay', at: '2015-01-01', reason: 'counted otherwise' }];
    const drawn = { ...rest, method: 'series', params: { time: 'year', outcome: 'pay' } };
    const across = { ...drawn, data: { ...data, columns: { ...data.columns, year }, breaks } };
    await expect(compute(across, never, () => undefined)).resolves.toEqual({
      ...{ type: 'refused', reason: 'BROKEN_SERIES' },
    });
    const window = { by: 'year', from: '2015-01-01', to: null };
    const computed = await compute({ ...across, window }, never, () => undefined);
    if (computed.type !== 'done') throw new Error('refused');
    expect(computed.result.tables[0]?.rows.map(({ key }) => key['period'])).toEqual(['2015', '2016']);
  });

  it('B35: reads exactly the subpopulation the run declared, or says that it cannot', async () => {
    const whom = { field: 'treat', values: ['1'] };
    const computed = await compute({ ...people(80), subpopulation: whom }, never, () => undefined);
    if (computed.type !== 'done') throw new Error('refused');
    const [table] = computed.result.tables;
    expect(table?.rows.map(({ cell, key }) => [key, cell.status])).toMatchObject([[{ treat: '1' }, 'shown']]);
    const nobody = { ...people(80), subpopulation: { ...whom, values: ['7'] } };
    await expect(compute(nobody, never, () => undefined)).resolves.toEqual({
      ...{ type: 'refused', reason: 'SUBPOPULATION' },
    });
  });

  it('is ended when its time is over, and says so in a word of its own', async () => {
    await expect(compute(people(40_000), never, () => undefined, { longestMs: 1 })).rejects.toBeInstanceOf(
      TookTooLong,
    );
  });

  it('dies of its own hunger for memory outside of the heap, and says so in a word of its own; the next one is served', async () => {
    const limits = { memoryMb: 300 };
    const { data } = people(200_000);
    const wide = Array.from({ length: data.rows }, (_, row) => `c${(row * 7) % 90}`);
    // A factor of ninety codes is ninety columns of the design: over 140 MB of typed arrays, and copies while they are fitted.
    const hungry: Computation = {
      ...{ method: 'linear', params: { outcome: 'pay', terms: ['wide'] } },
      ...{ thresholds: [{ frequency: 10 }], against: {} },
      data: { ...data, columns: { ...data.columns, wide: textColumn(wide) } },
    };
    const found = await compute(hungry, never, () => undefined, limits).catch((error: unknown) => error);
    expect(found).toBeInstanceOf(TookTooMuchMemory);
    await expect(compute(people(40), never, () => undefined, limits)).resolves.toMatchObject({
      type: 'done',
    });
  });

  it('T10: is gone as soon as the read is closed', async () => {
    const closed = new AbortController();
    const close = () => closed.abort(new Error('The release was closed.'));
    await expect(compute(people(40_000), closed.signal, close)).rejects.toThrow('The release was closed.');
  });
});
