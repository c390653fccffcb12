// `descriptive` on the demonstration's people: the same numbers from rows and from a cell table.
import { textColumn } from '../input';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runMethod } from '../catalogue';
import type { CellInput, RowInput } from '../input';
import type { MethodResult } from '../method';

const csv = readFileSync(join(__dirname, '../../../infra/demo/data/lalonde.csv'), 'utf8').trim().split('\n');
const names = (csv[0] ?? '').split(',').map((name) => name.replaceAll('"', ''));
const records = csv.slice(1).map((line) => line.split(',').map((field) => field.replaceAll('"', '')));
const text = (name: string) => records.map((record) => record[names.indexOf(name)] ?? '');
const numbers = (name: string) => Float64Array.from(text(name), Number);

function people(): RowInput {
  const column = (name: string) => [name, { kind: 'number', values: numbers(name) }] as const;
  return {
    shape: 'rows',
    rows: records.length,
    columns: {
      id: textColumn(text('id')),
      race: textColumn(text('race')),
      ...Object.fromEntries(['treat', 'married', 're74', 're78'].map(column)),
    },
    people: 'id',
  };
}

function cellTable(dimensions: string[], sum: string): CellInput {
  const cells = new Map<string, { labels: string[]; values: number[] }>();
  records.forEach((record) => {
    const labels = dimensions.map((name) => record[names.indexOf(name)] ?? '');
    const cell = cells.get(labels.join()) ?? { labels, values: [] };
    cell.values.push(Number(record[names.indexOf(sum)]));
    cells.set(labels.join(), cell);
  });
  const all = [...cells.values()];
  const total = (of: (value: number) => number) =>
    Float64Array.from(all, ({ values }) => values.reduce((sumSoFar, value) => sumSoFar + of(value), 0));
  return {
    shape: 'cells',
    rows: all.length,
    dimensions,
    sums: [sum],
    columns: {
      ...Object.fromEntries(
        dimensions.map((name, axis) => [name, textColumn(all.map(({ labels }) => labels[axis] ?? ''))]),
      ),
      n: { kind: 'number', values: total(() => 1) },
      [`sum_${sum}`]: { kind: 'number', values: total((value) => value) },
      [`sumsq_${sum}`]: { kind: 'number', values: total((value) => value * value) },
    },
  };
}

function shown(
  result: MethodResult,
  table: string,
  key: Record<string, string>,
): Record<string, number> | string {
  const row = result.tables
    .find(({ name }) => name === table)
    ?.rows.find((candidate) => Object.entries(key).every(([name, value]) => candidate.key[name] === value));
  if (!row) throw new Error(`no such cell in ${table}`);
  return row.cell.status === 'shown' ? row.cell.values : row.cell.reason;
}

describe('descriptive on the demonstration cell table', () => {
  const params = { outcome: 're78', groups: 'treat', strata: ['race', 'married'] };
  const { result, findings } = runMethod(
    'descriptive',
    cellTable(['treat', 'race', 'married'], 're78'),
    params,
  );

  it('compares the groups overall, and the one margin stands over three hidden cells', () => {
    expect(shown(result, 'by_group', { treat: '1' })).toEqual({
      n: 185,
      mean: expect.closeTo(6349.14, 2) as number,
    });
    expect(shown(result, 'by_group', { treat: '0' })).toEqual({
      n: 429,
      mean: expect.closeTo(6984.17, 2) as number,
    });
    expect(shown(result, 'difference', {})).toEqual({ difference: expect.closeTo(-635.03, 2) as number });
  });

  it('DOMAIN § 5 frequency: cells of fewer than 10 people are suppressed with all that is computed from them', () => {
    const failed = findings.filter(({ rule, verdict }) => rule === 'frequency' && verdict === 'fail');
    expect(failed.map((finding) => finding.people).sort()).toEqual([3, 3, 8]);
    for (const { cell } of failed) {
      expect(shown(result, 'by_group_and_stratum', cell ?? {})).toBe('protected');
      const { race, married } = cell ?? {};
      expect(shown(result, 'difference_by_stratum', { race: race ?? '', married: married ?? '' })).toBe(
        'derived',
      );
    }
    expect(shown(result, 'difference_standardised', {})).toBe('derived');
  });

  it('DOMAIN § 5 frequency: neither plots nor findings of the result carry a hidden count', () => {
    expect(result.findings.every((finding) => finding.people === undefined)).toBe(true);
    const stratified = result.plots.find(({ name }) => name === 'by_group_and_stratum');
    expect(stratified?.kind === 'bars' && stratified.bars).toHaveLength(9);
    expect(stratified?.notDrawn).toBe(3);
  });

  it('gives from rows what it gives from cells', () => {
    const fromRows = runMethod('descriptive', people(), params).result;
    for (const [index, table] of result.tables.entries()) {
      for (const [at, row] of table.rows.entries()) {
        const other = fromRows.tables[index]?.rows[at];
        expect(other?.key).toEqual(row.key);
        expect(other?.cell.status).toBe(row.cell.status);
        if (row.cell.status === 'shown' && other?.cell.status === 'shown') {
          for (const [name, value] of Object.entries(row.cell.values))
            expect(other.cell.values[name]).toBeCloseTo(value, 6);
        }
      }
    }
  });

  it('refuses a split of a field that is not a dimension, saying what is there', () => {
    const split = { ...params, strata: [{ field: 're74', split: 'zero' }] };
    expect(() => runMethod('descriptive', cellTable(['treat', 'race'], 're78'), split)).toThrow(
      '"re74" is not a dimension of this cell table; it has treat, race. Choose one of these, or ask the holder for one more dimension.',
    );
  });

  it('refuses an outcome without sums, saying which there are', () => {
    expect(() =>
      runMethod('descriptive', cellTable(['treat', 'race'], 're78'), { outcome: 're75', groups: 'treat' }),
    ).toThrow('This cell table has no sums of "re75"; it has sums of re78. Choose one of these.');
  });
});

describe('descriptive on the demonstration rows', () => {
  const params = { outcome: 're78', groups: 'treat', strata: [{ field: 're74', split: 'zero' }] };
  const { result } = runMethod('descriptive', people(), params);

  it('shows within strata of earlier earnings what the pooled difference hides', () => {
    expect(shown(result, 'difference_by_stratum', { re74: 'zero' })).toEqual({
      difference: expect.closeTo(1793.33, 2) as number,
    });
    expect(shown(result, 'difference_by_stratum', { re74: 'not zero' })).toEqual({
      difference: expect.closeTo(-2262.3, 2) as number,
    });
    expect(shown(result, 'difference', {})).toEqual({ difference: expect.closeTo(-635.03, 2) as number });
    expect(shown(result, 'difference_standardised', {})).toEqual({
      difference: expect.closeTo(609.5, 0) as number,
    });
  });

  it('gives the standard deviation only when asked', () => {
    expect(shown(result, 'by_group', { treat: '1' })).not.toHaveProperty('sd');
    const withSd = runMethod('descriptive', people(), { ...params, sd: true }).result;
    expect(shown(withSd, 'by_group', { treat: '1' })).toMatchObject({
      sd: expect.closeTo(7867.4, 1) as number,
    });
  });

  it('names a field it does not have, and parameters that do not fit', () => {
    expect(() => runMethod('descriptive', people(), { outcome: 'age', groups: 'treat' })).toThrow(
      'The data has no field "age"; it has id, race, treat, married, re74, re78. Choose one of these.',
    );
    expect(() => runMethod('descriptive', people(), { outcome: 're78', groups: 're78' })).toThrow(
      /Outcome, groups, strata and weights must be different fields/,
    );
    expect(() => runMethod('descriptive', people(), { outcome: 'race', groups: 'treat' })).toThrow(
      'The field "race" holds text, and a number is needed. Choose a numeric field.',
    );
  });

  it('ends where progress throws, so that a lost lease stops a run', () => {
    const progress = () => {
      throw new Error('lease lost');
    };
    expect(() => runMethod('descriptive', people(), params, { progress })).toThrow('lease lost');
  });
});

describe('people and records', () => {
  it('DOMAIN § 5 frequency: counts distinct people, never rows', () => {
    const visits: RowInput = {
      shape: 'rows',
      rows: 24,
      people: 'id',
      columns: {
        id: textColumn(Array.from({ length: 24 }, (_, row) => `p${row % 6}`)),
        site: textColumn(Array.from({ length: 24 }, () => 'north')),
        visits: { kind: 'number', values: Float64Array.from({ length: 24 }, (_, row) => row) },
      },
    };
    const { result } = runMethod('descriptive', visits, { outcome: 'visits', groups: 'site' });
    expect(result.tables[0]?.rows).toEqual([]);
  });

  it('DOMAIN § 5 frequency: never names a value or code that stands for too few people', () => {
    const params = { outcome: 're78', groups: 'treat', strata: ['re74'] };
    const { result, findings } = runMethod('descriptive', people(), params);
    const named = result.tables.flatMap(({ rows }) => rows.map(({ key }) => key['re74'])).filter(Boolean);
    expect(new Set(named)).toEqual(new Set(['0']));
    expect(result.tables[0]?.notes).toEqual([
      'Codes or values of fewer than 10 people are not named, and their rows are left out.',
    ]);
    expect(JSON.stringify(result)).not.toContain('35040.07');
    expect(JSON.stringify(findings)).toContain('35040.07');
    const byValue = runMethod('descriptive', people(), { outcome: 're78', groups: 're74' }).result;
    expect(JSON.stringify(byValue)).not.toContain('35040.07');
  });

  it('refuses to group by people, and lists no label of the data in a refusal', () => {
    expect(() => runMethod('descriptive', people(), { outcome: 're78', groups: 'id' })).toThrow(
      '"id" says whose record a row is; people are no groups. Choose another field.',
    );
    expect(() =>
      runMethod('descriptive', people(), { outcome: 're78', groups: 're74', reference: 'none' }),
    ).toThrow(
      '"none" is not a group of "re74" in this data. Choose one of its codes, or leave the reference out.',
    );
  });

  it('leaves out incomplete records and says so only where enough people are behind it', () => {
    const data = (missing: number): RowInput => ({
      shape: 'rows',
      rows: 60,
      columns: {
        site: textColumn(Array.from({ length: 60 }, () => 'north')),
        score: {
          kind: 'number',
          values: Float64Array.from({ length: 60 }, (_, row) => (row < missing ? NaN : row)),
        },
      },
    });
    const of = (missing: number) =>
      runMethod('descriptive', data(missing), { outcome: 'score', groups: 'site' }).result;
    expect(shown(of(12), 'left_out', {})).toEqual({ n: 12 });
    expect(shown(of(3), 'left_out', {})).toBe('protected');
    expect(of(0).tables.map(({ name }) => name)).not.toContain('left_out');
  });
});

describe('what the output check asks of means', () => {
  const data = (values: readonly number[], more: Partial<RowInput> = {}): RowInput => ({
    shape: 'rows',
    rows: values.length,
    columns: {
      site: textColumn(values.map(() => 'north')),
      provider: textColumn(values.map((_, row) => `p${row % 2}`)),
      score: { kind: 'number', values: Float64Array.from(values) },
    },
    ...more,
  });
  const params = { outcome: 'score', groups: 'site' };
  const verdictsOf = (run: ReturnType<typeof runMethod>, rule: string) =>
    run.findings.filter((finding) => finding.rule === rule).map(({ verdict }) => verdict);

  it('DOMAIN § 5 dominance: hides a mean that two people make up, and lets a person judge negatives', () => {
    const dominated = [1000, 900, ...Array.from({ length: 20 }, () => 1)];
    const run = runMethod('descriptive', data(dominated), params);
    expect(shown(run.result, 'by_group', { site: 'north' })).toBe('protected');
    expect(verdictsOf(run, 'dominance')).toEqual(['fail']);
    expect(verdictsOf(runMethod('descriptive', data([-1, ...dominated]), params), 'negatives')).toEqual([
      'review',
    ]);
  });

  it('DOMAIN § 5 dominance: a holder’s findings are carried over, and merged cells pass only if all do', () => {
    const input = cellTable(['treat', 'race', 'married'], 're78');
    const verdicts = (values: (string | null)[]) => ({
      ...input,
      columns: { ...input.columns, dominance_re78: textColumn(values) },
    });
    const all = { outcome: 're78', groups: 'treat' };
    const passing = Array.from({ length: input.rows }, () => 'pass');
    expect(verdictsOf(runMethod('descriptive', verdicts(passing), all), 'dominance')).toEqual(['pass']);
    const mixed = runMethod('descriptive', verdicts(['fail', ...passing.slice(1)]), all);
    expect(verdictsOf(mixed, 'dominance')).toEqual(['review']);
    expect(verdictsOf(runMethod('descriptive', input, all), 'dominance')).toEqual(['review']);
  });

  it('DOMAIN § 5 p-ratio: a holder’s findings are carried over, and merged cells pass only if all do', () => {
    const input = cellTable(['treat', 'race', 'married'], 're78');
    const passing = Array.from({ length: input.rows }, () => 'pass');
    const run = (values: string[], groups: string[]) => {
      const text = (of: string[]) => textColumn(of);
      const columns = { ...input.columns, dominance_re78: text(passing), p_ratio_re78: text(values) };
      return verdictsOf(
        runMethod('descriptive', { ...input, columns }, { outcome: 're78', groups: groups[0] }),
        'p_ratio',
      );
    };
    expect(run(passing, ['treat'])).toEqual(['pass']);
    expect(run(['fail', ...passing.slice(1)], ['treat'])).toEqual(['review']);
  });

  it('B27: counts distinct organisations where the data names them', () => {
    const values = Array.from({ length: 40 }, (_, row) => row);
    const against = { conditions: [{ kind: 'MIN_ORGANISATIONS' as const, value: '3' }] };
    const run = runMethod('descriptive', data(values, { organisations: 'provider' }), params, { against });
    expect(verdictsOf(run, 'condition')).toEqual(['fail']);
    expect(run.result.tables[0]?.rows).toEqual([
      { key: { site: 'north' }, cell: { status: 'suppressed', reason: 'protected' } },
    ]);
  });

  it('DOMAIN § 5 differencing: a re-run without three people is not shown beside the first', () => {
    const values = Array.from({ length: 40 }, (_, row) => row);
    const units = Uint32Array.from(values, (row) => 7 * row);
    const first = runMethod('descriptive', data(values, { units }), params, { against: { earlier: [] } });
    expect(verdictsOf(first, 'differencing')).toEqual(['pass']);
    const against = { earlier: first.shown };
    const again = runMethod('descriptive', data(values, { units }), params, { against });
    expect(verdictsOf(again, 'differencing')).toEqual(['pass']);
    const fewer = data(values.slice(3), { units: units.slice(3) });
    expect(verdictsOf(runMethod('descriptive', fewer, params, { against }), 'differencing')).toEqual([
      'fail',
    ]);
  });
});
