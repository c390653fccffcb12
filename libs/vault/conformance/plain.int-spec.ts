// Plain rows are checked by the reader and all others by DuckDB: which of the two did it, nobody can tell from the answer.
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { GrantSpec } from '../grant/spec';
import type { TestVault } from '../testing/places';
import { aVault } from '../testing/places';

const fields = [
  { name: 'person', type: 'pseudonym' },
  { name: 'visits', type: 'integer', min: 0, max: 500, required: true },
  { name: 'cost', type: 'number' },
  { name: 'seen', type: 'date', period: { from: '2012-01-01', to: '2015-12-31' } },
  { name: 'month', type: 'date', precision: 'MONTH' },
  { name: 'group', type: 'category', codes: ['01', '02', 'none'] },
  { name: 'area', type: 'category', place: { level: 'SMALL_AREA', vintage: '2021' } },
  { name: 'practice', type: 'category', place: { level: 'ORGANISATION', vintage: '2021' } },
  { name: 'note', type: 'text' },
];
const spec = { level: 'ROWS', fields, key: ['person', 'visits'], collected: { kind: 'FLOW' } };
const grant = GrantSpec.parse({ depositAs: spec, releaseAs: spec, tier: 'DEIDENTIFIED' });
const names = fields.map(({ name }) => name);

let test: TestVault;
beforeAll(async () => {
  test = await aVault();
});
afterAll(() => test.remove());

const person = fc.bigInt({ min: 0n, max: 2n ** 128n }).map((n) => `p${n.toString(16).padStart(33, '0')}`);
const usual = [
  person,
  fc.integer({ min: 0, max: 500 }).map(String),
  fc.oneof(
    fc.double({ noNaN: true, min: -1e6, max: 1e6 }).map((n) => n.toFixed(2)),
    fc.constant(''),
  ),
  fc.constantFrom('2012-02-29', '2013-12-31', '2015-06-30', ''),
  fc.constantFrom('2012-01', '2014-12', ''),
  fc.constantFrom('01', '02', 'none', ''),
  fc.constantFrom('E01000001', 'W02000001', ''),
  fc.constantFrom('A81001', 'B82002', ''),
  fc.constantFrom('first', 'café', 'a, b', ''),
];
const odd = [
  fc.constantFrom('4857773456', 'Mary Smith', 'QQ123456C', '', 'p0'),
  fc.constantFrom('-1', '501', '1,000', '9434765919', '', '1e3', '007'),
  fc.constantFrom('1e400', '-0', '1,000.5', 'x', '.5', '5.'),
  fc.constantFrom('2011-12-31', '2016-01-01', '2013-02-29', '1900-02-29', '41518', '2014', '01/02/2014'),
  fc.constantFrom('2014-13', '2014-01-01', '0000-01'),
  fc.constantFrom('1', '2', '003', 'NONE'),
  fc.constantFrom('E00000001', 'NE1 4ST', 'E0100000', 'e01000001'),
  fc.constantFrom('E01000001', '+44 191 4960000', 'Jane Jones'),
  fc.constantFrom(
    '=1+1',
    'jo@example.org',
    'a "quoted" word',
    '\u200bhidden',
    'one\ntwo',
    'NE1 4ST',
    'Dr Who',
  ),
];
/** A few values of a few columns are odd; most rows and columns are not. */
const table = fc
  .record({
    rows: fc.array(fc.tuple(...usual), { minLength: 1, maxLength: 30 }),
    faults: fc.array(
      fc
        .nat({ max: fields.length - 1 })
        .chain((column) => fc.tuple(fc.constant(column), fc.nat({ max: 29 }), odd[column]!)),
      { maxLength: 4 },
    ),
    isCrlf: fc.boolean(),
  })
  .map(({ rows, faults, isCrlf }) => {
    const values = rows.map((row) => [...row]);
    for (const [column, row, value] of faults) if (values[row]) values[row][column] = value;
    return { values, end: isCrlf ? '\r\n' : '\n' };
  });

const quoted = (value: string) => (/[",\t\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
const fileOf = (rows: readonly (readonly string[])[], end: string, delimiter = ',') =>
  rows.map((row) => `${row.map(quoted).join(delimiter)}${end}`).join('');

/** The same table as granted, with tabs and its columns the other way round, and with lines that are read with care throughout. */
async function everyWay(values: readonly (readonly string[])[], end: string, id: string) {
  const all = [names, ...values];
  const turned = all.map((row) => [...row].reverse());
  return Promise.all([
    test.deposit(fileOf(all, end), `prj_test/${id}a`),
    test.deposit(fileOf(turned, end, '\t'), `prj_test/${id}b`),
    test.deposit(fileOf(all, '\r'), `prj_test/${id}c`),
  ]);
}

it('the same values give the same findings and the same profile, plain or not', async () => {
  let at = 0;
  await fc.assert(
    fc.asyncProperty(table, async ({ values, end }) => {
      at += 1;
      const deposits = await everyWay(values, end, `t${at}`);
      const [plain, turned, careful] = await Promise.all(
        deposits.map((deposit) => test.vault.checkDeposit(deposit, grant.depositAs)),
      );
      const told = (report: typeof plain) => ({ ...report, sha256: '', bytes: 0 });
      expect(told(plain)).toEqual(told(careful));
      expect(told(turned)).toEqual(told(careful));
    }),
    { numRuns: 25 },
  );
}, 120_000);

it('I6: the same values give the same release, byte for byte, plain or not, read as numbers or as text', async () => {
  const values = fc.sample(fc.tuple(...usual), { numRuns: 3000, seed: 7 });
  const distinct = [...new Map(values.map((row) => [`${row[0]},${row[1]}`, row])).values()];
  const partA = randomBytes(32);
  // What a key compares stays text.
  const asText = GrantSpec.parse({ ...grant, depositAs: { ...spec, key: ['person', 'visits', 'cost'] } });
  const deposits = await everyWay(distinct, '\n', 'same');
  const made = await Promise.all(
    deposits.flatMap((deposit) =>
      [grant, asText].map((each) => {
        const sources = [{ deposit, grant: each, source: 's' }];
        return test.vault.materialise({ release: 'prj_test/same', sources, partA });
      }),
    ),
  );
  expect(new Set(made.map(({ objectId }) => objectId)).size).toBe(1);
  expect(new Set(made.map(({ manifest }) => manifest.sha256)).size).toBe(1);
}, 60_000);
