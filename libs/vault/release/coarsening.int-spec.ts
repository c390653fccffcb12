// A release tells no more finely than granted: bands, dates and cells made from what was deposited.
import { randomBytes } from 'node:crypto';
import { GrantSpec } from '../grant/spec';
import { aVault, valuesOf } from '../testing/places';
import type { TestVault } from '../testing/places';

const partA = randomBytes(32);
let test: TestVault;
beforeAll(async () => {
  test = await aVault();
});
afterAll(() => test.remove());

describe('a coarser release', () => {
  it('B27: coarsens bands and dates, and finds for itself where few people dominate a sum of rows', async () => {
    const [age, seen, income] = [
      { name: 'age', type: 'category', bands: [0, 16, 25, 65] },
      { name: 'seen', type: 'date' },
      { name: 'income', type: 'number' },
    ];
    const wide = [
      { ...age, bands: [0, 25] },
      { ...seen, precision: 'QUARTER' },
    ];
    const grant = GrantSpec.parse({
      tier: 'AGGREGATE',
      depositAs: { level: 'ROWS', fields: [age, seen, income] },
      releaseAs: { level: 'CELLS', fields: [...wide, income], dimensions: ['age', 'seen'], sums: ['income'] },
    });
    const rows = ['0-15,2014-01-31,9', '16-24,2014-03-01,1', '25-64,2014-12-31,5', '65+,2014-10-01,-1'];
    const deposit = await test.deposit(`age,seen,income\n${rows.join('\n')}\n`, 'prj_test/d7');
    const release = 'prj_test/rel7';
    const { objectId, manifest } = await test.vault.materialise({
      release,
      sources: [{ grant, deposit, source: 's' }],
      partA,
    });
    const { columns } = await test.vault.readRelease({ release, objectId, manifest, partA });
    const values = Object.fromEntries(Object.entries(columns).map(([name, each]) => [name, valuesOf(each)]));
    expect(values).toEqual({
      ...{ age: ['0-24', '25+'], seen: ['2014-Q1', '2014-Q4'], n: [2, 2] },
      ...{ sum_income: [10, 4], sumsq_income: [82, 26] },
      ...{ dominance_income: ['fail', 'review'], p_ratio_income: ['fail', 'review'] },
    });
  });

  it.each(['ROWS', 'CELLS'])(
    'B27: leaves out small cells or merges them first, made of %s',
    async (level) => {
      const [area, pay] = [
        { name: 'area', type: 'category' },
        { name: 'pay', type: 'number' },
      ];
      const rule = { fewest: 3, merge: { dimension: 'area', into: 'others' } };
      const table = { level: 'CELLS', fields: [area, pay], dimensions: ['area'], sums: ['pay'] };
      const depositAs = level === 'CELLS' ? table : { level, fields: [area, pay] };
      const rows = ['a,1', 'a,1', 'a,1', 'b,2', 'b,2', 'c,4', 'd,8'];
      const file =
        level === 'ROWS'
          ? `area,pay\n${rows.join('\n')}\n`
          : `area,n,sum_pay,sumsq_pay,dominance_pay,p_ratio_pay\na,3,3,3,pass,pass\nb,2,4,8,fail,fail\nc,1,4,16,fail,fail\nd,1,8,64,fail,fail\n`;
      const deposit = await test.deposit(file, `prj_test/small-${level}`);
      const made = async (more: object, name: string) => {
        const grant = GrantSpec.parse({ tier: 'AGGREGATE', depositAs, releaseAs: { ...table, ...more } });
        const release = `prj_test/${name}-${level}`;
        const sealed = await test.vault.materialise({
          release,
          partA,
          sources: [{ grant, deposit, source: 's' }],
        });
        const { columns } = await test.vault.readRelease({ release, partA, ...sealed });
        return ['area', 'n', 'sum_pay', 'dominance_pay'].map((name) => valuesOf(columns[name]));
      };
      expect(await made({ fewest: 3 }, 'out')).toEqual([['a'], [3], [3], ['pass']]);
      const verdict = level === 'ROWS' ? 'pass' : 'review';
      expect(await made(rule, 'merged')).toEqual([
        ['a', 'others'],
        [3, 4],
        [3, 16],
        ['pass', verdict],
      ]);
    },
  );

  it('DOMAIN § 5 differencing: of a published table its dimensions and counts are read, as they were published', async () => {
    const spec = {
      ...{ level: 'CELLS' as const, dimensions: ['area', 'age'], sums: ['pay'] },
      fields: [
        { name: 'area', type: 'category' as const },
        { name: 'age', type: 'integer' as const },
        { name: 'pay', type: 'number' as const },
      ],
    };
    const head = 'area,age,n,sum_pay,sumsq_pay,dominance_pay,p_ratio_pay';
    const file = `${head}\nb,2,41,3,3,pass,pass\na,1,30,4,8,pass,pass\n`;
    const deposit = await test.deposit(file, 'prj_test/published');
    const { dimensions, columns } = await test.vault.readPublished(deposit, spec);
    expect(dimensions).toEqual(['area', 'age']);
    const read = Object.entries(columns).map(([name, column]) => [name, valuesOf(column)]);
    expect(Object.fromEntries(read)).toEqual({ area: ['a', 'b'], age: [1, 2], n: [30, 41] });
    const other = {
      ...spec,
      fields: spec.fields.map((field) => ({ ...field, name: field.name.replace('age', 'sex') })),
    };
    const wrong = test.vault.readPublished(deposit, { ...other, dimensions: ['area', 'sex'] });
    await expect(wrong).rejects.toMatchObject({ code: 'NOT_CONFORMING' });
  });
});
