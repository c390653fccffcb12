// Linkage from two holders' raw files to one linked release: who had what in hand at each step, and what is gone at the end.
import { mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { registerPrepare } from './index';
import { writeIdentifiers } from './identifiers';
import { linkFiles } from './link';
import { isNhsNumber } from './link/records';
import type { LinkRequest } from './link';
import { prepare } from './prepare';
import { makeLinkageKey, makePair, openLinkageKey } from './linkage-key';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'parley-linkage-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));
const at = (name: string) => path.join(directory, name);
const text = (name: string) => readFileSync(at(name), 'utf8');

const NUMBERS = Array.from({ length: 40 }, (_, n) => 999_000_000 + n)
  .flatMap((nine) => Array.from({ length: 10 }, (_, check) => `${nine}${check}`))
  .filter(isNhsNumber);

const PEOPLE = Array.from({ length: 12 }, (_, n) => ({
  nino: `QQ1234${10 + n}A`,
  ref: `C-${n}`,
  first: ['Ann', 'Bo', 'Cy'][n % 3] ?? '',
  last: `Tester${String.fromCharCode(65 + n)}`,
  dob: `0${1 + (n % 9)}/03/19${60 + n}`,
  // Test numbers with their check digit; not all of nine digits have one.
  nhs: NUMBERS[n] ?? '',
}));

/** The health body knows people 0 to 7, the benefits office 4 to 11, each under its own numbers. */
function rawFiles(): void {
  const health = PEOPLE.slice(0, 8).map(({ ref, first, last, dob, nhs }, n) =>
    [ref, first, last, dob, nhs, n % 2].join(','),
  );
  const benefits = PEOPLE.slice(4).map(({ nino, first, last, dob, nhs }, n) =>
    [nino, first, last, dob, nhs, 100 * n].join(','),
  );
  writeFileSync(at('health.csv'), `ref,first,last,dob,nhs,admitted\n${health.join('\n')}\n`);
  writeFileSync(at('benefits.csv'), `nino,first,last,dob,nhs,income\n${benefits.join('\n')}\n`);
}

const identifiers = (holder: string, person: string) =>
  writeIdentifiers({
    ...{
      input: at(`${holder}.csv`),
      person,
      output: at(`to-linker-${holder}.csv`),
      keys: at(`${holder}.keys.csv`),
    },
    ...{ columns: { nhs: 'nhs', forename: 'first', surname: 'last', birth: 'dob' }, dates: 'DD/MM/YYYY' },
  });
const files = () => [at('to-linker-health.csv'), at('to-linker-benefits.csv')];

async function prepared(holder: string, person: string, field: object, key: string): Promise<string[]> {
  const spec = { level: 'ROWS', fields: [{ name: 'p', type: 'pseudonym' }, field] };
  writeFileSync(at('grant.json'), JSON.stringify(spec));
  const linked = { rowKeys: at(`${holder}.keys.csv`), map: at(`out/to-linker-${holder}.map.csv`) };
  const output = at(`${holder}.prepared.csv`);
  const made = await prepare({
    ...{ specFile: at('grant.json'), input: at(`${holder}.csv`), output, person, linked, keyFile: at(key) },
  });
  await made.write();
  return text(`${holder}.prepared.csv`).trim().split('\n').slice(1);
}

describe('parley prepare link', () => {
  it('B8: the linker sees identifiers and no payload, holders get one pseudonym, and identifiers are destroyed on record', async () => {
    rawFiles();
    await identifiers('health', 'ref');
    await identifiers('benefits', 'nino');
    expect(text('to-linker-health.csv').split('\n')[0]).toBe('key,nhs,forename,surname,birth');
    expect(text('to-linker-health.csv')).not.toMatch(/C-\d|admitted/);
    expect(text('to-linker-health.csv')).toMatch(/^[0-9a-f]{32},999000\d{4},Ann,TesterA,1960-03-01$/m);
    await linkFiles({ files: files(), out: at('out'), by: 'Statistics Authority' });
    expect(readdirSync(at('out')).sort()).toEqual([
      'destruction.json',
      'report.json',
      'to-linker-benefits.map.csv',
      'to-linker-health.map.csv',
    ]);
    for (const file of files()) expect(() => statSync(file)).toThrow();
    const paper = JSON.parse(text('out/destruction.json')) as {
      destroyed: { file: string; sha256: string }[];
    };
    expect(paper).toMatchObject({ by: 'Statistics Authority', paper: 'destruction of identifiers' });
    expect(paper.destroyed.map(({ file }) => file)).toEqual([
      'to-linker-health.csv',
      'to-linker-benefits.csv',
    ]);
    expect(text('out/to-linker-health.map.csv')).not.toMatch(/Tester|19\d\d-/);
    await makePair(at('benefits'));
    const [wrapped = ''] = await makeLinkageKey(at('linkage.key'), [at('benefits.public')]);
    await openLinkageKey(wrapped, at('benefits.private'), at('mine.key'));
    const health = await prepared('health', 'ref', { name: 'admitted', type: 'integer' }, 'linkage.key');
    const benefits = await prepared('benefits', 'nino', { name: 'income', type: 'integer' }, 'mine.key');
    const names = (lines: string[]) => lines.map((line) => line.split(',')[0]);
    expect(names(health).slice(4)).toEqual(names(benefits).slice(0, 4));
    expect(new Set([...names(health), ...names(benefits)]).size).toBe(12);
    const links = text('out/to-linker-health.map.csv');
    for (const name of names(health)) expect(links).not.toContain(String(name).slice(1));
  });

  it('B8: every step works as it is typed, although commands and their parent have options of the same names', async () => {
    rawFiles();
    const typed = async (line: string) => {
      const said = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
      const program = new Command('parley').exitOverride();
      registerPrepare(program);
      const words = line.split(' ').map((word) => word.replace(/^@/, `${directory}/`));
      await program.parseAsync(words, { from: 'user' }).finally(() => said.mockRestore());
    };
    const who = '--nhs nhs --forename first --surname last --birth dob --dates DD/MM/YYYY';
    for (const [holder, person] of [
      ['health', 'ref'],
      ['benefits', 'nino'],
    ])
      await typed(
        `prepare identifiers --in @${holder}.csv --person ${person} --out @to-linker-${holder}.csv --keys @${holder}.keys.csv ${who}`,
      );
    await typed('prepare link @to-linker-health.csv @to-linker-benefits.csv --out @out --by Authority');
    await typed('prepare linkage-key pair @benefits');
    await typed('prepare linkage-key make @linkage.key @benefits.public');
    await typed('prepare linkage-key open @benefits.public.linkage-key @benefits.private @mine.key');
    const spec = {
      level: 'ROWS',
      fields: [
        { name: 'p', type: 'pseudonym' },
        { name: 'income', type: 'integer' },
      ],
    };
    writeFileSync(at('grant.json'), JSON.stringify(spec));
    await typed(
      'prepare --spec @grant.json --in @benefits.csv --out @deposit.csv --pseudonym nino --row-keys @benefits.keys.csv --link-map @out/to-linker-benefits.map.csv --key-file @mine.key --yes',
    );
    expect(text('deposit.csv').trim().split('\n')).toHaveLength(9);
  });

  /** Two holders' identifiers with a pair that only a person can tell: without a number, and with a mistaken surname. */
  async function doubtful() {
    rawFiles();
    const slip = text('benefits.csv')
      .replace('TesterE', 'TesterF')
      .replace(/^(QQ123414A,\w+,\w+,[^,]+),\d+/m, '$1,');
    writeFileSync(at('benefits.csv'), slip);
    await identifiers('health', 'ref');
    await identifiers('benefits', 'nino');
    return (more: Partial<LinkRequest> = {}) =>
      linkFiles({ files: files(), out: at('out'), by: 'L', doubtful: 0.000001, link: 0.9999, ...more });
  }
  const decidedIn = (name: string) => text(name).replace(/^([0-9a-f]{32},[0-9a-f]{32}),/gm, '$1,no');
  /** Every file below the directory in which somebody's surname stands, but for what the holders keep themselves. */
  const naming = () =>
    readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(at(name)).isFile() && !/^(health|benefits)\.csv$/.test(name))
      .filter((name) => /tester/i.test(text(name)));

  it('B8: doubtful pairs written elsewhere than the reviewed file lies end with the identifiers all the same', async () => {
    const run = await doubtful();
    await run({ out: at('first') });
    writeFileSync(at('reviewed.csv'), decidedIn('first/review.csv'));
    expect(naming()).toEqual(expect.arrayContaining(['first/review.csv', 'reviewed.csv']));
    const done = await run({ review: at('reviewed.csv') });
    expect([done.left, naming()]).toEqual([[], []]);
    expect(JSON.parse(text('out/destruction.json'))).toMatchObject({
      left: [],
      destroyed: [
        ...['to-linker-health.csv', 'to-linker-benefits.csv', 'reviewed.csv', 'review.csv'].map((file) => ({
          file,
        })),
      ],
    });
    expect(readdirSync(directory).filter((name) => name.includes('.reviews'))).toEqual([]);
  });

  it('B8: where they were moved, the record names the file that is left, and so does what is printed', async () => {
    const run = await doubtful();
    await run();
    renameSync(at('out/review.csv'), at('mine.csv'));
    writeFileSync(at('reviewed.csv'), decidedIn('mine.csv'));
    const done = await run({ review: at('reviewed.csv') });
    expect(done.left).toEqual([at('out/review.csv')]);
    expect(naming()).toEqual(['mine.csv']);
    expect(JSON.parse(text('out/destruction.json'))).toMatchObject({
      left: [{ file: at('out/review.csv') }],
    });
  });

  it('B8: doubtful pairs wait for a person, and nothing else is written or destroyed before', async () => {
    const run = await doubtful();
    expect((await run()).review).toBe(at('out/review.csv'));
    expect(readdirSync(at('out'))).toEqual(['review.csv']);
    await expect(run({ review: at('out/review.csv') })).rejects.toThrow(
      /row 2: write "match" or "no" under "decision"\./,
    );
    writeFileSync(at('out/review.csv'), decidedIn('out/review.csv'));
    await run({ review: at('out/review.csv') });
    expect(readdirSync(at('out'))).toContain('destruction.json');
    expect(readdirSync(at('out'))).not.toContain('review.csv');
  });

  it.each([
    [
      'a payload',
      'key,surname,income\n',
      /has a column "income", which is no identifier\. The linker takes key, nhs,/,
    ],
    [
      'row keys that are somebody’s number',
      'key,surname\n12345,Tester\n',
      /row 2: "key" is not a row key of its own/,
    ],
    ['nobody', 'key,surname\n', /holds nobody/],
  ])('B8: the linker refuses %s', async (_what, bytes, message) => {
    writeFileSync(at('a.csv'), bytes);
    writeFileSync(at('b.csv'), `key,surname\n${'a'.repeat(32)},Tester\n`);
    const linking = linkFiles({ files: [at('a.csv'), at('b.csv')], out: at('out'), by: 'L' });
    await expect(linking).rejects.toThrow(message);
    expect(text('b.csv')).toContain('Tester');
  });

  it('B8: a linkage key opens only for the holder it was made for', async () => {
    await makePair(at('mine'));
    await makePair(at('other'));
    const [wrapped = ''] = await makeLinkageKey(at('key'), [at('mine.public')]);
    await expect(openLinkageKey(wrapped, at('other.private'), at('got'))).rejects.toThrow(
      /was not made for .*other\.private, or was changed on the way\. Ask for it again\./,
    );
    expect(statSync(at('mine.private')).mode & 0o077).toBe(0);
  });
});
