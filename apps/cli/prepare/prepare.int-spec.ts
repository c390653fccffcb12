// `parley prepare` on the demonstration's raw file: what leaves the holder's machine, and what never does.
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe as describePrepared, prepare } from './index';

const raw = path.join(__dirname, '../../../infra/demo/data/lalonde.csv');
const cells = {
  level: 'CELLS',
  fields: [
    { name: 'treat', type: 'category', codes: ['0', '1'] },
    { name: 'race', type: 'category', codes: ['black', 'hispan', 'white'] },
    { name: 'married', type: 'category', codes: ['0', '1'] },
    { name: 're78', type: 'number' },
  ],
  dimensions: ['treat', 'race', 'married'],
  sums: ['re78'],
};
const rows = {
  level: 'ROWS',
  fields: [
    { name: 'person', type: 'pseudonym' },
    { name: 'treat', type: 'category', codes: ['0', '1'] },
    { name: 're74', type: 'number' },
    { name: 're78', type: 'number' },
  ],
  dimensions: [],
  sums: [],
};

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'parley-prepare-test-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));
const at = (name: string) => path.join(directory, name);

function request(spec: object, more: object = {}) {
  writeFileSync(at('grant.json'), JSON.stringify(spec));
  return { specFile: at('grant.json'), input: raw, output: at('out.csv'), ...more };
}

describe('a cell table', () => {
  it('B27: leaves the house instead of people: dimensions, n, sum and sum of squares', async () => {
    const prepared = await prepare(request({ depositAs: cells, releaseAs: cells, tier: 'AGGREGATE' }));
    await prepared.write();
    const lines = readFileSync(at('out.csv'), 'utf8').trim().split('\n');
    expect(lines[0]).toBe('treat,race,married,n,sum_re78,sumsq_re78,dominance_re78,p_ratio_re78');
    expect(lines).toHaveLength(13);
    const counts = lines.slice(1).map((line) => Number(line.split(',')[3]));
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(614);
    expect(prepared.manifest).toMatchObject({
      source: { rows: 614 },
      prepared: { rows: 12 },
      removedColumns: ['id', 'age', 'educ', 'nodegree', 're74', 're75'],
      leftOut: 0,
      smallCells: 3,
    });
    expect(JSON.parse(readFileSync(at('out.csv.manifest.json'), 'utf8'))).toEqual(prepared.manifest);
  });

  it('leaves out rows in which something needed is missing', async () => {
    writeFileSync(at('raw.csv'), 'who,area,score\na,n,1\ne,n,2\nb,n,3\nc,,4\n,n,5\nd,n,\n');
    const fields = [
      { name: 'area', type: 'category' },
      { name: 'score', type: 'number' },
    ];
    const spec = { level: 'CELLS', fields, dimensions: ['area'], sums: ['score'] };
    const prepared = await prepare(request(spec, { input: at('raw.csv'), person: 'who' }));
    expect(prepared.preview).toEqual([
      'area,n,sum_score,sumsq_score,dominance_score,p_ratio_score',
      'n,3,6,14,pass,pass',
    ]);
    expect(prepared.manifest.leftOut).toBe(3);
    await prepared.discard();
  });

  it('is refused where a person has several rows in one cell: its sums would not be one value a person', async () => {
    writeFileSync(at('raw.csv'), 'who,area,score\na,n,1\na,n,2\n');
    const fields = [
      { name: 'area', type: 'category' },
      { name: 'score', type: 'number' },
    ];
    const spec = { level: 'CELLS', fields, dimensions: ['area'], sums: ['score'] };
    await expect(prepare(request(spec, { input: at('raw.csv'), person: 'who' }))).rejects.toThrow(
      'Row 3: this person has another row in the same cell. Bring the raw file to one row a person first.',
    );
  });
});

describe('rows', () => {
  const more = () => ({ person: 'id', keyFile: at('secret') });

  it('keep their order, hold the granted fields only, and name people by pseudonym', async () => {
    const prepared = await prepare(request(rows, more()));
    await prepared.write();
    const lines = readFileSync(at('out.csv'), 'utf8').trim().split('\n');
    expect(lines[0]).toBe('person,treat,re74,re78');
    expect(lines[1]).toMatch(/^p[0-9a-f]{32},1,0,9930\.046$/);
    expect(lines).toHaveLength(615);
    expect(new Set(lines.map((line) => line.split(',')[0])).size).toBe(615);
    expect(lines.join('\n')).not.toMatch(/NSW|PSID|black/);
    expect(prepared.manifest.removedColumns).toEqual([
      'id',
      'age',
      'educ',
      'race',
      'married',
      'nodegree',
      're75',
    ]);
  });

  it('come out the same with the same key, and otherwise with another', async () => {
    const first = await prepare(request(rows, more()));
    await first.write();
    const again = await prepare(request(rows, { ...more(), output: at('again.csv') }));
    await again.discard();
    const other = await prepare(
      request(rows, { person: 'id', keyFile: at('another'), output: at('other.csv') }),
    );
    await other.discard();
    expect([first.isNewKey, again.isNewKey]).toEqual([true, false]);
    expect(again.manifest).toEqual(first.manifest);
    expect(other.manifest.prepared.sha256).not.toBe(first.manifest.prepared.sha256);
    expect(statSync(at('secret')).mode & 0o077).toBe(0);
  });
});

describe('before anything is written', () => {
  it('the person sees a preview and a report, and can leave it', async () => {
    const prepared = await prepare(request(cells));
    expect(describePrepared(prepared)).toContain(
      'Small     3 cells rest on fewer than 10 people; results will suppress them',
    );
    expect(describePrepared(prepared)).toContain(
      '  treat,race,married,n,sum_re78,sumsq_re78,dominance_re78,p_ratio_re78\n',
    );
    await prepared.discard();
    expect(readdirSync(directory)).toEqual(['grant.json']);
  });

  it('a new key is kept once data is written that needs it: a preview leaves none, nor does what is refused', async () => {
    const keyed = request(rows, { person: 'id', keyFile: at('new.key') });
    const seen = await prepare(keyed);
    expect(describePrepared(seen)).toMatch(/^Key {7}fingerprint [0-9a-f]{16} \(new: its file is made when/m);
    await seen.discard();
    await expect(prepare({ ...keyed, person: 'nino' })).rejects.toThrow(/"nino"/);
    expect(readdirSync(directory)).toEqual(['grant.json']);
    await (await prepare(keyed)).write();
    expect(readdirSync(directory).sort()).toEqual([
      'grant.json',
      'new.key',
      'out.csv',
      'out.csv.manifest.json',
    ]);
    expect(readFileSync(at('new.key'), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    expect(statSync(at('new.key')).mode & 0o077).toBe(0);
  });

  it('a column that the file does not have is named with those it has', async () => {
    await expect(prepare(request(rows, { person: 'nino', keyFile: at('k') }))).rejects.toThrow(
      /Column "nino": asked for by your plan, --pseudonym or the grant, and not in the file, whose other columns are "id", "age", .*\. Say in the plan which it is/,
    );
  });

  it.each([
    ['no key', rows, { person: 'id' }, /^Pseudonyms need your own key: --key-file <file>\./],
    ['no person', rows, {}, /^The grant has the pseudonym "person"\. Say which column identifies people/],
    [
      'a specification that does not fit',
      { ...cells, dimensions: ['age'] },
      {},
      /"age" is not among the fields/,
    ],
    ['no raw file', cells, { input: '/nowhere.csv' }, /^There is no file \/nowhere\.csv\.$/],
    [
      'a granted field that the file lacks',
      { ...cells, fields: [...cells.fields, { name: 're79', type: 'number' }], sums: ['re79'] },
      {},
      /"re78" is neither a dimension nor a sum/,
    ],
    [
      'values that do not meet the grant',
      {
        ...cells,
        fields: cells.fields.map((field) => (field.name === 'race' ? { ...field, codes: ['black'] } : field)),
      },
      {},
      /does not meet the grant:\n {2}- Column "race", rows 4, 5, 6, 7.*not one of the granted codes/,
    ],
  ])('refuses %s, and leaves nothing behind', async (_case, spec, more, message) => {
    await expect(prepare(request(spec, more))).rejects.toThrow(message);
    expect(readdirSync(directory)).toEqual(['grant.json']);
  });

  it('never replaces a file, and reads no key that others can read', async () => {
    writeFileSync(at('out.csv'), 'mine');
    await expect(prepare(request(cells))).rejects.toThrow(/exists already/);
    rmSync(at('out.csv'));
    writeFileSync(at('out.csv.manifest.json'), 'mine');
    await expect(prepare(request(cells))).rejects.toThrow(/out\.csv\.manifest\.json exists already/);
    rmSync(at('out.csv.manifest.json'));
    writeFileSync(at('open'), 'a'.repeat(64), { mode: 0o644 });
    await expect(prepare(request(rows, { person: 'id', keyFile: at('open') }))).rejects.toThrow(/chmod 600/);
  });
});
