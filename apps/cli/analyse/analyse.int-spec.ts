// `parley analyse` from a file to what is written, and to what the engine would compute.
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MethodResult } from '#libs/statistics';
import { runAnalyse } from '.';

const LALONDE = join(__dirname, '../../../infra/demo/data/lalonde.csv');
const matching = {
  treatment: 'treat',
  outcome: 're78',
  covariates: ['age', 'educ', 'race', 'married', 'nodegree', 're74', 're75'],
};

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'analyse-'))));
afterAll(() => rm(folder, { recursive: true }));

async function analyse(
  flags: { method: string; data: string; people?: string; dimensions?: string },
  params: unknown,
) {
  const out = join(folder, 'out');
  await rm(out, { recursive: true, force: true });
  const file = join(folder, 'params.json');
  await writeFile(file, typeof params === 'string' ? params : JSON.stringify(params));
  let [printed, error] = ['', ''];
  const stdout = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => ((printed += String(text)), true));
  const stderr = jest
    .spyOn(process.stderr, 'write')
    .mockImplementation((text) => ((error += String(text)), true));
  process.exitCode = 0;
  try {
    await runAnalyse({ ...flags, params: file, out });
    return { printed, error, code: process.exitCode, out };
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
    process.exitCode = 0;
  }
}

async function csv(text: string): Promise<string> {
  const file = join(folder, 'data.csv');
  await writeFile(file, text);
  return file;
}

describe('parley analyse', () => {
  it('B16: writes a matching result with every digit, a CSV per table and an SVG per plot', async () => {
    const { out, code, printed } = await analyse(
      { method: 'matching', data: LALONDE, people: 'id' },
      matching,
    );
    expect(code).toBe(0);
    const files = await readdir(out);
    expect(files.sort()).toEqual(
      expect.arrayContaining(['balance.csv', 'effect.csv', 'plot-1.svg', 'plot-2.svg', 'result.json']),
    );
    expect(printed.trim().split('\n')).toHaveLength(files.length);
    const result = JSON.parse(await readFile(join(out, 'result.json'), 'utf8')) as MethodResult;
    const effect = result.tables.find(({ name }) => name === 'effect')?.rows[0]?.cell;
    const estimate = effect?.status === 'shown' ? effect.values['estimate'] : undefined;
    // MatchIt 4.7.2 and lm.
    expect(estimate).toBeCloseTo(894.36748027027, 8);
    expect(await readFile(join(out, 'effect.csv'), 'utf8')).toContain(String(estimate));
    const plot = await readFile(join(out, 'plot-2.svg'), 'utf8');
    expect(plot).toMatch(/^<svg /);
    const report = await readFile(join(out, 'report.html'), 'utf8');
    expect(report).toContain(/<desc>.*?<\/desc>/.exec(plot)?.[0]);
    expect(report).toContain('propensity');
    const schema = JSON.parse(await readFile(join(out, 'result.schema.json'), 'utf8')) as {
      required: string[];
    };
    expect(schema.required).toEqual(expect.arrayContaining(['tables', 'thresholds', 'findings']));
  });

  it('DOMAIN § 5 frequency: writes no number that the check did not pass', async () => {
    const data = await csv(
      `g,y\n${Array.from({ length: 40 }, (_, at) => `${at < 9 ? 'rare' : 'b'},${at}`).join('\n')}\n`,
    );
    const { out } = await analyse({ method: 'descriptive', data }, { outcome: 'y', groups: 'g' });
    for (const file of await readdir(out))
      expect(await readFile(join(out, file), 'utf8')).not.toContain('rare');
  });

  it('reads a table of cells, and empty fields as missing', async () => {
    const cells = Array.from(
      { length: 24 },
      (_, at) => `${at + 1},50,${100 + at + (at > 11 ? 20 : 0) + (at % 3)}`,
    );
    const data = await csv(`month,n,sum_visits\n${cells.join('\n')}\n`);
    const params = { outcome: 'visits', time: 'month', measure: 'sum', interruption: 13 };
    const { code, out } = await analyse({ method: 'segmented', data, dimensions: 'month' }, params);
    expect(code).toBe(0);
    expect(await readdir(out)).toContain('series.csv');
    const rows = await csv(
      `x,y\n${Array.from({ length: 40 }, (_, at) => `${at < 12 ? '' : at},${(at * 7) % 11}`).join('\n')}\n`,
    );
    const regression = await analyse({ method: 'linear', data: rows }, { outcome: 'y', terms: ['x'] });
    expect(await readFile(join(regression.out, 'left_out.csv'), 'utf8')).toContain('12');
  });

  it.each([
    ['an unknown method', { method: 'magic', data: LALONDE }, {}, /no method "magic"; there are descriptive/],
    [
      'a file that is not there',
      { method: 'linear', data: '/nowhere.csv' },
      {},
      /"\/nowhere.csv" cannot be read/,
    ],
    ['parameters that are not JSON', { method: 'linear', data: LALONDE }, '{', /is not JSON/],
    [
      'parameters that do not fit',
      { method: 'linear', data: LALONDE },
      {},
      /The parameters of "linear" do not fit/,
    ],
    [
      'an unknown person column',
      { method: 'linear', data: LALONDE, people: 'who' },
      {},
      /no column "who"; it has id/,
    ],
    [
      'a cell table without n',
      { method: 'segmented', data: LALONDE, dimensions: 'race' },
      {},
      /number of people in a column "n"/,
    ],
    [
      'a field that is not there',
      { method: 'linear', data: LALONDE },
      { outcome: 'nope', terms: ['age'] },
      /no field "nope"/,
    ],
  ])('refuses %s, and writes nothing', async (_name, flags, params, message) => {
    const { code, error, out } = await analyse(flags, params);
    expect(code).toBe(1);
    expect(error).toMatch(message);
    await expect(readdir(out)).rejects.toThrow(/ENOENT/);
  });
});
