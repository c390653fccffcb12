// `parley check` from files to what is printed, written and returned.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCheck } from '.';

const cells = `region,sex,n,mean
north,f,25,4.5
north,m,4,5.5
south,f,30,5
south,m,22,6
`;
const rules = {
  title: 'Visits',
  keys: ['region', 'sex'],
  measures: [{ column: 'mean', statistic: 'linear' }],
  totals: [['region'], ['sex'], []],
};

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'check-'))));
afterAll(() => rm(folder, { recursive: true }));

async function check(csv: string, json: unknown, outFile?: string) {
  const files = { data: join(folder, 'cells.csv'), rules: join(folder, 'rules.json') };
  await writeFile(files.data, csv);
  await writeFile(files.rules, typeof json === 'string' ? json : JSON.stringify(json));
  let [out, error] = ['', ''];
  const stdout = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => ((out += String(text)), true));
  const stderr = jest
    .spyOn(process.stderr, 'write')
    .mockImplementation((text) => ((error += String(text)), true));
  process.exitCode = 0;
  try {
    await runCheck({ ...files, ...(outFile === undefined ? {} : { out: outFile }) });
    return { out, error, code: process.exitCode };
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
    process.exitCode = 0;
  }
}

describe('DOMAIN § 5: parley check', () => {
  it('says what it found and shows what may be shown', async () => {
    const { out, code } = await check(cells, rules);
    expect(code).toBe(1);
    expect(out).toMatch(/fail +frequency +cells, region north, sex m +4 +Rests on fewer than 10 people/);
    expect(out).toMatch(/review +dominance +cells, mean +The largest contributions to mean are not known/);
    expect(out).toMatch(/review +differencing/);
    expect(out).toMatch(/north +m +hidden +hidden/);
    expect(out).toMatch(/Visits, by region\n +region +people\n +north +29/);
  });

  it('returns 0 where nothing had to be hidden', async () => {
    const { code, out } = await check(cells.replace(',4,', ',40,'), rules);
    expect(code).toBe(0);
    expect(out).toMatch(/pass +frequency/);
    expect(out).not.toMatch(/hidden *$/m);
  });

  it('writes CSV without hidden numbers, and nothing that a spreadsheet would run', async () => {
    const out = join(folder, 'shown.csv');
    await check(`region,sex,n,mean\n"=1+1",f,25,4.5\n"=1+1",m,31,5\n@x,f,30,-5\n@x,m,40,2\n`, rules, out);
    const text = await readFile(out, 'utf8');
    expect(text.split('\n').slice(0, 4)).toEqual([
      'region,sex,n,mean,status',
      "'=1+1,f,25,4.5,shown",
      "'=1+1,m,31,5,shown",
      "'@x,f,30,-5,shown",
    ]);
    await check(cells, rules, out);
    expect(await readFile(out, 'utf8')).toContain('north,m,,,suppressed');
  });

  it.each([
    ['rules that are not JSON', cells, '{', /--rules: ".*" is not JSON/],
    ['rules without keys', cells, {}, /--rules: [^]*keys/],
    [
      'looser thresholds',
      cells,
      { ...rules, thresholds: { frequency: 5 } },
      /can only be tightened: it is at least 10/,
    ],
    [
      'an unknown column',
      cells,
      { ...rules, people: 'count' },
      /no column "count"; it has region, sex, n, mean/,
    ],
    [
      'totals by what is no key',
      cells,
      { ...rules, totals: [['age']] },
      /totals by "age": it is no key. Keys are region, sex/,
    ],
    ['a negative count', cells.replace(',4,', ',-4,'), rules, /Row 3, column "n": -4 is no count/],
    ['half a person', cells.replace(',4,', ',4.5,'), rules, /Row 3, column "n": 4.5 is no count/],
    ['text for a number', cells.replace('5.5', 'x'), rules, /Row 3, column "mean": "x" is no number/],
    [
      'the same cell twice',
      cells.replace('south,m', 'south,f'),
      rules,
      /Rows 4 and 5 are the same cell \(south, f\)/,
    ],
    ['a short row', `${cells}east\n`, rules, /row 6 does not have 4 fields/],
    ['a stray quote', cells.replace('north', 'no"rth'), rules, /row 2 of ".*" is not CSV \(STRAY_QUOTE\)/],
  ])('refuses %s', async (_case, csv, json, message) => {
    const { error, out, code } = await check(csv, json);
    expect(error).toMatch(message);
    expect([out, code]).toEqual(['', 1]);
  });

  it('refuses 10,000 levels, naming the key', async () => {
    const many = Array.from({ length: 10_000 }, (_, row) => `r${row},f,20,1`).join('\n');
    await expect(check(`region,sex,n,mean\n${many}\n`, rules)).rejects.toThrow(
      'has 10000 values of "region", and 5000 is the most: make it coarser',
    );
  });
});
