// The two ways a grant speaks of its data agree, or it is not given.
import { DataSpec } from './spec';
import { termsProblems } from './terms';

const spec = (field: object) => DataSpec.parse({ level: 'ROWS', fields: [{ name: 'a', ...field }] });
const term = (more: object = {}) => ({
  ...{ field: 'a', period: { from: '2012-01-01', to: '2014-12-31' } },
  granularity: { level: 'INDIVIDUAL' as const, vintage: null },
  ...more,
});
const area = { type: 'category', place: { level: 'SMALL_AREA', vintage: '2021' } };
const by = (level: 'INDIVIDUAL' | 'SMALL_AREA' | 'LOCAL_AUTHORITY', vintage: string | null = null) =>
  term({ period: null, granularity: { level, vintage } });

describe('the terms of a grant and the shape of its file', () => {
  it.each([
    ['a date without its period', { type: 'date' }, term(), /granted for 2012-01-01 to 2014-12-31/],
    [
      'a longer period',
      { type: 'date', period: { from: '2011-01-01', to: '2014-12-31' } },
      term(),
      /say so as the period/,
    ],
    [
      'a field without a time',
      { type: 'number' },
      term(),
      /as the period of the field in depositAs, with the field that dates it \(datedBy\), or/,
    ],
    [
      'a longer period of its codes',
      { type: 'integer', timeCode: 'YEAR', period: { from: '2011-01-01', to: '2014-12-31' } },
      term(),
      /say so as the period/,
    ],
    ['a finer place', area, by('LOCAL_AUTHORITY'), /granted by LOCAL_AUTHORITY, .* name it by SMALL_AREA/],
    ['another vintage', area, by('SMALL_AREA', '2011'), /granted in the vintage 2011/],
  ])('B26, B27: disagree on %s', (_what, field, terms, message) => {
    expect(termsProblems(spec(field), [terms])).toEqual([expect.stringMatching(message)]);
  });

  it('B26, B27: agree on as much or less, and on what the file does not hold', () => {
    const shorter = { type: 'date', period: { from: '2013-01-01', to: '2014-12-31' } };
    expect(termsProblems(spec(shorter), [term()])).toEqual([]);
    const covers = { from: '2012-01-01', to: '2012-12-31' };
    expect(termsProblems(spec({ type: 'number', covers }), [term()])).toEqual([]);
    const [when, time] = [
      { name: 'when', type: 'date' },
      { datedBy: 'when', period: shorter.period },
    ];
    const dated = DataSpec.parse({ level: 'ROWS', fields: [when, { name: 'a', type: 'number', ...time }] });
    expect(termsProblems(dated, [term()])).toEqual([]);
    const stock = { kind: 'STOCK', asAt: '2014-03-31' };
    const onADay = DataSpec.parse({ ...spec({ type: 'number' }), collected: stock });
    expect(termsProblems(onADay, [term()])).toEqual([]);
    expect(termsProblems(spec(area), [by('INDIVIDUAL'), by('SMALL_AREA', '2021')])).toEqual([]);
    expect(termsProblems(spec(area), [term({ field: 'b' })])).toEqual([]);
  });

  it.each([
    [{ type: 'number', period: { from: '2012-01-01', to: '2012-12-31' } }, /has a period and no time/],
    [
      { type: 'number', datedBy: 'b', period: { from: '2012-01-01', to: '2012-12-31' } },
      /no date or timeCode/,
    ],
    [{ type: 'date', datedBy: 'a' }, /tells its own time/],
    [{ type: 'text', timeCode: 'YEAR' }, /only a whole number or a category/],
  ])('B27: no period is granted that nothing could be held to: %j', (field, message) => {
    expect(() => spec(field)).toThrow(message);
  });
});
