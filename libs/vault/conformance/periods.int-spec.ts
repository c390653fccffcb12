// The granted period binds every field: dates, codes of times, and what another field dates; refused or removed as the grant says.
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { withEngine, DEFAULT_LIMITS } from '../engine/engine';
import { GrantSpec } from '../grant/spec';
import { keyOf, keyOfSql, TIME_CODES } from '../grant/times';
import type { TestVault } from '../testing/places';
import { aVault, valuesOf } from '../testing/places';

let test: TestVault;
beforeAll(async () => {
  test = await aVault();
});
afterAll(() => test.remove());

const period = { from: '2013-04-01', to: '2015-03-31' };
const fields = [
  { name: 'school_year', type: 'category', timeCode: 'ACADEMIC_YEAR', period },
  { name: 'month', type: 'integer', timeCode: 'MONTH', period },
  { name: 'seen', type: 'date' },
  { name: 'pupils', type: 'integer', datedBy: 'seen', period },
  { name: 'area', type: 'category' },
];
const spec = { level: 'ROWS', fields, rowOrder: 'KEEP' };
const grantOf = (depositAs: object) => {
  const released = fields.map(({ name, type }) => ({ name, type }));
  const releaseAs = { level: 'ROWS', fields: released, rowOrder: 'KEEP' };
  return GrantSpec.parse({ depositAs, releaseAs, tier: 'DEIDENTIFIED' });
};
const FILE = [
  'school_year,month,seen,pupils,area',
  '2013/14,201309,2014-02-01,31,one',
  '2011/12,201309,2014-02-01,32,two',
  '2013/14,201303,2014-02-01,33,three',
  '2014-15,201410,2012-02-01,34,four',
  '2014-15,201503,,35,five',
  '2012/13,201304,2012-01-01,,six',
  '',
].join('\n');

describe('the period of every field', () => {
  it('B27: what lies outside it is refused with column and rows, never with a value', async () => {
    const report = await test.vault.checkDeposit(await test.deposit(FILE), grantOf(spec).depositAs);
    expect(report.accepted).toBe(false);
    const outside = report.findings.filter(({ code }) => code === 'OUT_OF_PERIOD');
    expect(outside.map(({ column, rows }) => [column, rows])).toEqual([
      ['school_year', [3]],
      ['month', [4]],
      ['pupils', [5, 6]],
    ]);
    expect(outside[0]?.message).toBe(
      'Column "school_year", row 3: outside the granted period 2013-04-01 to 2015-03-31. Leave such rows out; parley prepare does.',
    );
  });

  it('B27: or it is removed before a release, where the grant says so: rows of another time, values dated elsewhere', async () => {
    const grant = grantOf({ ...spec, outsidePeriod: 'REMOVE' });
    const deposit = await test.deposit(FILE, 'prj_test/removing');
    const report = await test.vault.checkDeposit(deposit, grant.depositAs);
    expect(report.accepted).toBe(true);
    expect(report.findings.map(({ code, severity, count }) => [code, severity, count])).toEqual([
      ['REMOVED_BY_PERIOD', 'note', 1],
      ['REMOVED_BY_PERIOD', 'note', 1],
      ['REMOVED_BY_PERIOD', 'note', 2],
    ]);
    const [release, partA] = ['prj_test/removed', randomBytes(32)];
    const made = await test.vault.materialise({ release, partA, sources: [{ deposit, grant, source: 's' }] });
    const { columns } = await test.vault.readRelease({ release, partA, ...made });
    expect(valuesOf(columns['area'])).toEqual(['one', 'four', 'five', 'six']);
    expect(valuesOf(columns['pupils'])).toEqual([31, NaN, NaN, NaN]);
  });

  it('a code that is no time of its kind is refused with an example', async () => {
    const bad = 'school_year,month,seen,pupils,area\nYear 7,201313,,,one\n';
    const report = await test.vault.checkDeposit(
      await test.deposit(bad, 'prj_test/bad'),
      grantOf(spec).depositAs,
    );
    const told = report.findings.map(({ message }) => message);
    expect(told.filter((message) => message.includes('like 2013/14'))).toHaveLength(1);
    expect(told.filter((message) => message.includes('like 2014-09'))).toHaveLength(1);
  });

  it('here and in the engine codes of time stand in the same order', async () => {
    const text = fc.tuple(
      fc.integer({ min: 1000, max: 2999 }),
      fc.constantFrom('', '-', '/', '-Q', 'Q'),
      fc.nat(13),
    );
    const samples = fc.sample(text, { numRuns: 200, seed: 3 }).map(([year, between, rest]) => {
      return `${year}${between}${between.endsWith('Q') ? (rest % 4) + 1 : String(rest).padStart(2, '0')}`;
    });
    const { scratchDir: directory } = test.places;
    await withEngine({ directory, limits: DEFAULT_LIMITS }, async (engine) => {
      for (const code of TIME_CODES)
        for (const each of samples.filter((sample) => keyOf(code, sample) !== null)) {
          const [key] = await engine.columns(`select ${keyOfSql(code, '$1')} as key`, [each]);
          expect(key?.kind === 'text' && key.dictionary[0]).toBe(keyOf(code, each));
        }
    });
  });
});
