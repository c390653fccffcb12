// A declared subpopulation is what is read: no row more, no row less, everybody under their own position.
import { allRows, columnOf, labelAt, textColumn } from './input';
import fc from 'fast-check';
import { InputRefused, restrictedTo, within } from './index';
import type { MethodInput } from './index';

const rows = (sex: (string | null)[]): MethodInput => ({
  ...{ shape: 'rows', rows: sex.length, units: Uint32Array.from(sex, (_, i) => i * 10) },
  columns: {
    sex: textColumn(sex),
    age: { kind: 'number', values: Float64Array.from(sex, (_, i) => (i % 3 === 0 ? NaN : i % 3)) },
    pay: { kind: 'number', values: Float64Array.from(sex, (_, i) => i) },
  },
});
const codeOf = (attempt: () => unknown): string => {
  try {
    attempt();
  } catch (error) {
    return error instanceof InputRefused ? error.code : 'ANOTHER';
  }
  return 'NONE';
};

describe('a subpopulation', () => {
  it('B35: keeps exactly the rows that hold one of the values, in order, with their units', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('f', 'm', 'x', null), { minLength: 1 }), (sex) => {
        fc.pre(sex.includes('f') || sex.includes('x'));
        const kept = restrictedTo(rows(sex), { field: 'sex', values: ['f', 'x'] });
        const expected = sex.flatMap((value, i) => (value === 'f' || value === 'x' ? [i] : []));
        if (kept.shape !== 'rows' || kept.columns['pay']?.kind !== 'number') throw new Error('another shape');
        expect(kept.rows).toBe(expected.length);
        expect([...kept.columns['pay'].values]).toEqual(expected);
        expect([...(kept.units ?? [])]).toEqual(expected.map((i) => i * 10));
      }),
    );
  });

  it('numbers are named as they are written, and a missing value belongs to nobody', () => {
    const kept = restrictedTo(rows(['f', 'f', 'f', 'f', 'f', 'f']), { field: 'age', values: ['1', 'NaN'] });
    expect(kept.rows).toBe(2);
  });

  it('B38: a window keeps the rows whose year, month or day lies in it, and nothing that is no date', () => {
    const at = ['2013', '2014-09', '2014-08-31', '2015-01-01', 'spring', null, '2016'];
    const input: MethodInput = {
      ...{ shape: 'rows', rows: at.length },
      columns: { at: textColumn(at) },
    };
    const read = (from: string | null, to: string | null) => {
      const kept = within(input, { by: 'at', from, to });
      return Array.from(allRows(kept), (row) => labelAt(columnOf(kept, 'at'), row));
    };
    expect(read('2014-09-01', null)).toEqual(['2014-09', '2015-01-01', '2016']);
    expect(read(null, '2014-08-31')).toEqual(['2013', '2014-08-31']);
    expect(codeOf(() => within(input, { by: 'at', from: '2030-01-01', to: null }))).toBe('SUBPOPULATION');
  });

  it('a cell table is told apart by its dimensions only', () => {
    const cells: MethodInput = {
      ...{ shape: 'cells', rows: 2, dimensions: ['sex'], sums: ['pay'] },
      columns: {
        sex: textColumn(['f', 'm']),
        n: { kind: 'number', values: Float64Array.of(20, 30) },
        sum_pay: { kind: 'number', values: Float64Array.of(1, 2) },
        sumsq_pay: { kind: 'number', values: Float64Array.of(1, 2) },
      },
    };
    expect(restrictedTo(cells, { field: 'sex', values: ['m'] })).toMatchObject({ rows: 1 });
    expect(codeOf(() => restrictedTo(cells, { field: 'n', values: ['20'] }))).toBe('SUBPOPULATION');
  });

  it('B35: what the data cannot tell apart, and whom it does not hold, is refused by a word of its own', () => {
    expect(codeOf(() => restrictedTo(rows(['f']), { field: 'ward', values: ['a'] }))).toBe('SUBPOPULATION');
    expect(codeOf(() => restrictedTo(rows(['f']), { field: 'sex', values: ['m'] }))).toBe('SUBPOPULATION');
    expect(codeOf(() => restrictedTo(rows(['f']), { field: 'constructor', values: ['m'] }))).toBe(
      'SUBPOPULATION',
    );
  });
});
