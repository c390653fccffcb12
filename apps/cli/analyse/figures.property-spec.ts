// Every figure that a reader of this field expects, from a method's run to an accessible drawing with its numbers beside it.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path, { join } from 'node:path';
import type { MethodResult } from '#libs/statistics';
import { runAnalyse } from '.';

const ROOT = join(__dirname, '../../..');
const LALONDE = join(ROOT, 'infra/demo/data/lalonde.csv');
/** A year of visits by fifty people before something changed, and a year after it. */
const MONTHS = `month,n,sum_visits\n${Array.from({ length: 24 }, (_, at) => `${at + 1},50,${100 + at + (at > 11 ? 20 : 0) + (at % 3)}`).join('\n')}\n`;
const COVARIATES = ['age', 'educ', 'race', 'married', 're74', 're75'];
const STUDY = { treatment: 'treat', outcome: 're78', covariates: COVARIATES };
const WHO = { data: LALONDE, people: 'id' };
const PREDICTED = { outcome: 'treat', terms: ['age', 'race', 're74'], importance: 0 };
/** Spells of 400 people, of whom each was seen from the beginning on. */
const SPELLS = `days,since\n${Array.from({ length: 400 }, (_, at) => `${1 + ((at * 37) % 300)},0`).join('\n')}\n`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'figures-'));
  await writeFile(join(folder, 'spells.csv'), SPELLS);
  await writeFile(join(folder, 'months.csv'), MONTHS);
});
afterAll(() => rm(folder, { recursive: true }));

/** The drawing of a table, the table itself as CSV, and the whole report. */
async function drawn(
  method: string,
  from: { data: string; people?: string; dimensions?: string },
  params: object,
  table: string,
) {
  const [out, file] = [join(folder, method), join(folder, 'params.json')];
  await writeFile(file, JSON.stringify(params));
  const stdout = jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
  await runAnalyse({ method, ...from, params: file, out }).finally(() => stdout.mockRestore());
  const read = (name: string) => readFile(join(out, name), 'utf8');
  const { plots } = JSON.parse(await read('result.json')) as MethodResult;
  const at = plots.findIndex(({ name }) => name === table);
  if (at < 0) throw new Error(`${method} draws ${plots.map(({ name }) => name).join(', ')}, and no ${table}`);
  return {
    svg: await read(`plot-${at + 1}.svg`),
    csv: await read(`${table}.csv`),
    report: await read('report.html'),
  };
}

/** Relative luminance (WCAG 2.2): how light a colour is where there are none. */
function greyOf(hex: string): number {
  const part = (at: number) => {
    const share = parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

it.each([
  ['a love plot', 'matching', WHO, STUDY, 'balance'],
  ['overlap', 'matching', WHO, STUDY, 'overlap'],
  ['a love plot of weights', 'weighting', WHO, STUDY, 'balance'],
  ['cluster profiles', 'clusters', WHO, { fields: ['age', 'educ', 're74'], k: 3, stability: 0 }, 'profile'],
  ['calibration', 'prediction', WHO, PREDICTED, 'calibration'],
  ['a ROC curve', 'prediction', WHO, PREDICTED, 'cut_offs'],
  [
    'a series with its break',
    'segmented',
    { data: 'months.csv', dimensions: 'month' },
    { outcome: 'visits', time: 'month', measure: 'sum', interruption: 13 },
    'series',
  ],
  ['survival', 'survival', { data: 'spells.csv' }, { time: 'days', entry: 'since', width: 30 }, 'survival'],
])(
  'B16: %s of %s says in title and description what it shows, reads in grey, and has its table beside it',
  async (_what, method, from, params, table) => {
    const source = { ...from, data: path.resolve(folder, from.data) };
    const { svg, csv, report } = await drawn(method, source, params, table);
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).toMatch(/^<svg [^>]*role="img"/);
    const [title, description] = ['title', 'desc'].map(
      (tag) => new RegExp(`<${tag}[^>]*>([^<]+)</${tag}>`).exec(svg)?.[1] ?? '',
    );
    expect(title!.length).toBeGreaterThan(5);
    expect(description!.length).toBeGreaterThan(20);
    const greys = [
      ...new Set([...svg.matchAll(/<rect[^>]* fill="(#[0-9a-f]{6})"/g)].map(([, hex = '']) => greyOf(hex))),
    ];
    for (const one of greys)
      for (const other of greys.filter((each) => each > one))
        expect((other + 0.05) / (one + 0.05)).toBeGreaterThan(1.5);
    expect(csv.split('\n').length).toBeGreaterThan(2);
    expect(report).toContain(title);
    expect(report).toContain(`id="table-${table}"`);
  },
);
