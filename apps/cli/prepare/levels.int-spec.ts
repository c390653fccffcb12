// `parley prepare` at every level of granularity, by the holder's own plan and tables: nothing finer than granted leaves.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe as describePrepared, prepare } from './index';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'parley-levels-'));
  writeFileSync(at('raw.csv'), RAW);
  writeFileSync(at('areas.csv'), 'pcd,lsoa\nAB1 2CD,E01000001\nAB1 2CE,E01000001\nZZ9 9ZZ,E01000002\n');
  writeFileSync(at('authorities.csv'), 'pcd,la\nAB1 2CD,E08000021\nAB1 2CE,E08000021\nZZ9 9ZZ,E08000021\n');
  writeFileSync(at('frame.csv'), 'phrase,code\nlost my job,JOB\nrent*,HOUSING\n');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));
const at = (name: string) => path.join(directory, name);

/** Twelve people in six households; the last has no known postcode, one row is before the granted period. */
const HEADER = 'nino,home,dob,postcode,practice,seen,notes,income';
const RAW = `${HEADER}\n${Array.from({ length: 12 }, (_, n) => {
  const seen = n === 3 ? '05/03/2013' : '17/10/2014';
  const postcode = n === 11 ? 'XX1 1XX' : n % 2 ? 'ab12cd' : 'AB1 2CE';
  const notes = n % 2 ? '"Rents, arrears; I lost my job"' : '"hello, all well"';
  const parts = [`QQ1234${10 + n}A`, `H${Math.floor(n / 2)}`, `0${1 + (n % 9)}/02/19${50 + 3 * n}`, postcode];
  return [...parts, `A8100${n % 2}`, seen, notes, 100 * (n + 1)].join(',');
}).join('\n')}\n`;

const AREA = { name: 'area', type: 'category', place: { level: 'SMALL_AREA', vintage: '2021' } };
const INCOME = { name: 'income', type: 'number' };

async function prepared(spec: object, plan: object, more: object = {}) {
  writeFileSync(at('grant.json'), JSON.stringify({ answer: { grant: { depositAs: spec } } }));
  writeFileSync(at('plan.json'), JSON.stringify(plan));
  return prepare({
    ...{ specFile: at('grant.json'), planFile: at('plan.json'), input: at('raw.csv'), output: at('out.csv') },
    keyFile: at('key'),
    ...more,
  });
}

async function written(spec: object, plan: object, more: object = {}): Promise<string[]> {
  const made = await prepared(spec, plan, more);
  await made.write();
  return readFileSync(at('out.csv'), 'utf8').trim().split('\n');
}

const lookup = (table: string) => ({ from: 'postcode', lookup: { table } });
const people = {
  level: 'ROWS',
  granularity: 'INDIVIDUAL',
  fields: [
    { name: 'person', type: 'pseudonym' },
    { name: 'age', type: 'category', bands: [0, 16, 40, 65] },
    AREA,
    {
      ...{ name: 'seen', type: 'date', precision: 'QUARTER' },
      period: { from: '2014-01-01', to: '2014-12-31' },
    },
    { name: 'reason', type: 'category', codes: ['JOB', 'HOUSING', 'OTHER'] },
  ],
};
const peoplePlan = {
  person: 'nino',
  fields: {
    age: { from: 'dob', dates: 'DD/MM/YYYY', ageAt: '2014-12-31' },
    area: lookup('areas.csv'),
    seen: { dates: 'DD/MM/YYYY' },
    reason: { from: 'notes', frame: { table: 'frame.csv' }, otherwise: 'OTHER' },
  },
};

describe('parley prepare by level', () => {
  it('B26: individuals leave with an age band, a small area, a quarter and a code instead of what identifies them', async () => {
    const made = await prepared(people, peoplePlan);
    await made.write();
    const lines = readFileSync(at('out.csv'), 'utf8').trim().split('\n');
    expect(lines).toHaveLength(12);
    expect(lines[1]).toMatch(/^p[0-9a-f]{32},40-64,E01000001,2014-Q4,OTHER$/);
    expect(lines[2]).toMatch(/,40-64,E01000001,2014-Q4,JOB$/);
    expect(lines.join('\n')).not.toMatch(/QQ1234|AB1|ab12|arrears/);
    expect(made.manifest).toMatchObject({
      removedRows: [{ why: 'outside the granted period', rows: 1 }],
      unmatched: { area: 1 },
      removedColumns: ['dob', 'postcode', 'notes', 'nino', 'home', 'practice', 'income'],
    });
    expect(describePrepared(made)).toContain('Left out  1 row: outside the granted period\n');
    expect(readdirSync(directory).filter((name) => name.includes('unfinished'))).toEqual([]);
  });

  it('B27: a value dated by a time outside its own period is emptied, and a code of another year leaves its row out', async () => {
    const period = { from: '2014-01-01', to: '2014-12-31' };
    const spec = {
      level: 'ROWS',
      fields: [
        { name: 'person', type: 'pseudonym' },
        { name: 'seen', type: 'date', precision: 'MONTH' },
        { ...INCOME, datedBy: 'seen', period },
        { name: 'practice', type: 'category' },
        {
          name: 'cohort',
          type: 'category',
          timeCode: 'YEAR',
          period: { from: '1950-01-01', to: '1979-12-31' },
        },
      ],
    };
    const cohort = { from: 'dob', recode: { '01/02/1950': '1950', '04/02/1959': '1959' }, otherwise: '1980' };
    const plan = { person: 'nino', fields: { seen: { dates: 'DD/MM/YYYY' }, cohort } };
    const made = await prepared(spec, plan);
    await made.write();
    const lines = readFileSync(at('out.csv'), 'utf8').trim().split('\n');
    expect(lines.slice(1).map((line) => line.split(',').slice(1))).toEqual([
      ['2014-10', '100', 'A81000', '1950'],
      ['2013-03', '', 'A81001', '1959'],
    ]);
    expect(made.manifest).toMatchObject({
      outsidePeriod: { income: 1 },
      removedRows: [{ why: 'outside the granted period', rows: 10 }],
    });
    expect(describePrepared(made)).toContain('Emptied   1 value of income: outside the granted period\n');
  });

  it('B26: households are one row each, their members made into one value as the holder says', async () => {
    const spec = {
      level: 'ROWS',
      granularity: 'HOUSEHOLD',
      fields: [
        { name: 'household', type: 'pseudonym' },
        { name: 'members', type: 'integer' },
        INCOME,
        { name: 'practice', type: 'category' },
      ],
    };
    const fields = {
      members: { combine: 'COUNT' },
      income: { combine: 'SUM' },
      practice: { combine: 'SAME' },
    };
    const lines = await written(spec, { person: 'nino', household: 'home', fields });
    expect(lines.slice(1, 3).map((line) => line.split(',').slice(1))).toEqual([
      ['2', '300', ''],
      ['2', '700', ''],
    ]);
    expect(lines).toHaveLength(7);
  });

  it('B26: small areas are cells, and those under the small-number rule of the grant stay at home', async () => {
    const spec = {
      ...{ level: 'CELLS', granularity: 'SMALL_AREA', dimensions: ['area'], sums: ['income'], fewest: 3 },
      fields: [AREA, INCOME],
    };
    writeFileSync(at('raw.csv'), `${RAW}QQ999999A,H9,01/01/1990,ZZ9 9ZZ,A81000,17/10/2014,x,1\n`);
    const made = await prepared(spec, { person: 'nino', fields: { area: lookup('areas.csv') } });
    expect(made.preview).toEqual([
      'area,n,sum_income,sumsq_income,dominance_income,p_ratio_income',
      'E01000001,11,6600,5060000,pass,pass',
    ]);
    expect(made.manifest).toMatchObject({ keptBack: { cells: 1, people: 1 }, leftOut: 1 });
    await made.discard();
  });

  it('B27: small cells are merged into one code where the grant says so, and what is still small stays at home', async () => {
    const merge = { dimension: 'reason', into: 'OTHER' };
    const reason = { name: 'reason', type: 'category', codes: ['JOB', 'RENT', 'DEBT', 'FAMILY', 'OTHER'] };
    const spec = {
      ...{ level: 'CELLS', dimensions: ['sex', 'reason'], sums: ['income'], fewest: 4, merge },
      fields: [{ name: 'sex', type: 'category', codes: ['F', 'M'] }, reason, INCOME],
    };
    const people = [
      ...Array.from({ length: 6 }, () => 'F,JOB,10'),
      ...['F,RENT,10', 'F,RENT,20', 'F,DEBT,30', 'F,FAMILY,40', 'M,JOB,1', 'M,RENT,1', 'M,DEBT,-1'],
    ];
    writeFileSync(
      at('raw.csv'),
      `who,sex,reason,income\n${people.map((row, n) => `p${n},${row}`).join('\n')}\n`,
    );
    const made = await prepared(spec, { person: 'who' });
    await made.write();
    expect(readFileSync(at('out.csv'), 'utf8').trim().split('\n').slice(1)).toEqual([
      'F,JOB,6,60,600,pass,pass',
      'F,OTHER,4,100,3000,pass,pass',
    ]);
    expect(made.manifest).toMatchObject({
      merged: { cells: 6, people: 7 },
      keptBack: { cells: 1, people: 3 },
    });
    expect(describePrepared(made)).toContain(
      'Merged    6 small cells of 7 people, as the grant says\nKept back 1 small cell of 3 people, as the grant says\n',
    );
    const unknown = { ...spec, merge: { dimension: 'reason', into: 'SEVERAL' } };
    await expect(prepared(unknown, { person: 'who' })).rejects.toThrow('"SEVERAL" is no code of "reason"');
  });

  it('B26: local authorities count their organisations', async () => {
    const spec = {
      ...{ level: 'CELLS', granularity: 'LOCAL_AUTHORITY', dimensions: ['la'], sums: ['income'] },
      ...{ organisations: 'practice' },
      fields: [{ name: 'la', type: 'category', place: { level: 'LOCAL_AUTHORITY' } }, INCOME],
    };
    const lines = await written(spec, { person: 'nino', fields: { la: lookup('authorities.csv') } });
    expect(lines).toEqual([
      'la,n,organisations,sum_income,sumsq_income,dominance_income,p_ratio_income',
      'E08000021,11,2,6600,5060000,pass,pass',
    ]);
  });

  it('B26: organisations are cells with the verdict of the holder on each sum', async () => {
    const spec = {
      ...{ level: 'CELLS', granularity: 'ORGANISATION', dimensions: ['practice'], sums: ['income'] },
      fields: [{ name: 'practice', type: 'category', place: { level: 'ORGANISATION' } }, INCOME],
    };
    const rows = [
      ['a', 'A1', 95],
      ['b', 'A1', 5],
      ['c', 'A1', 5],
      ['d', 'B2', 100],
      ['e', 'B2', 80],
      ['f', 'B2', 15],
      ['g', 'B2', 5],
      ['h', 'C3', -1],
      ['i', 'C3', 4],
      ['j', 'D4', 0],
    ];
    writeFileSync(at('raw.csv'), `who,practice,income\n${rows.map((row) => row.join(',')).join('\n')}\n`);
    const lines = await written(spec, { person: 'who' });
    expect(lines.slice(1)).toEqual([
      'A1,3,105,9075,fail,fail',
      'B2,4,200,16650,fail,pass',
      'C3,2,3,17,review,review',
      'D4,1,0,0,pass,fail',
    ]);
  });

  it('reads Parquet and TSV as it reads CSV', async () => {
    const again = () => ['out.csv', 'out.csv.manifest.json'].forEach((file) => rmSync(at(file)));
    const first = await written(people, peoplePlan);
    again();
    writeFileSync(
      at('raw.tsv'),
      RAW.replace(/"[^"]*"|,/g, (part) => (part === ',' ? '\t' : part)),
    );
    expect(await written(people, peoplePlan, { input: at('raw.tsv') })).toEqual(first);
    again();
    await asParquet(at('raw.csv'), at('raw.parquet'));
    expect(await written(people, peoplePlan, { input: at('raw.parquet') })).toEqual(first);
  });

  it('takes rows by the holder’s own filters, and says which and why', async () => {
    const rows = [{ column: 'income', from: '500', to: '900', why: 'incomes beyond were never asked for' }];
    const spec = { level: 'ROWS', fields: [{ name: 'income', type: 'integer' }] };
    const made = await prepared(spec, { rows });
    expect(made.preview).toEqual(['income', '500', '600', '700', '800', '900']);
    expect(made.manifest.removedRows).toEqual([{ why: 'incomes beyond were never asked for', rows: 7 }]);
    await made.discard();
  });

  it.each([
    [
      'dates in another order than the plan says',
      { ...peoplePlan, fields: { ...peoplePlan.fields, seen: { dates: 'YYYY-MM-DD' } } },
      /Field "seen", rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more: not a date written like YYYY-MM-DD/,
    ],
    [
      'a table that is not there',
      { ...peoplePlan, fields: { ...peoplePlan.fields, area: lookup('none.csv') } },
      /There is no table .*none\.csv, which the plan names\./,
    ],
    [
      'a field nobody granted',
      { ...peoplePlan, fields: { ...peoplePlan.fields, income: {} } },
      /The plan makes "income", which is not granted\. Leave it out\./,
    ],
    [
      'text that is not coded',
      { ...peoplePlan, fields: { ...peoplePlan.fields, reason: { from: 'notes' } } },
      /Column "reason", rows .*not one of the granted codes/,
    ],
    [
      'a full postcode in place of an area',
      { ...peoplePlan, fields: { ...peoplePlan.fields, area: { from: 'postcode' } } },
      /Column "area", rows .*looks like a full postcode/,
    ],
  ])('refuses %s, and leaves nothing behind', async (_case, plan, message) => {
    await expect(prepared(people, plan)).rejects.toThrow(message);
    expect(readdirSync(directory).filter((name) => name.startsWith('out'))).toEqual([]);
  });

  it('refuses a household’s field without a word on how members make it', async () => {
    const fields = [{ name: 'household', type: 'pseudonym' }, INCOME];
    const spec = { level: 'ROWS', granularity: 'HOUSEHOLD', fields };
    await expect(prepared(spec, { household: 'home' })).rejects.toThrow(
      'The grant is for households: say in the plan how their members make "income", for example "combine": "SUM".',
    );
  });
});

async function asParquet(csv: string, parquet: string): Promise<void> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`copy (from read_csv('${csv}', all_varchar = true)) to '${parquet}' (format parquet)`);
  connection.closeSync();
}
