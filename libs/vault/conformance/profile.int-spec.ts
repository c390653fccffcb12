// The profile of a deposit: useful, and never a count of few people or an extreme value.
import { DataSpec } from '../grant/spec';
import { aVault } from '../testing/places';
import type { TestVault } from '../testing/places';
import type { ColumnProfile } from './profile';

let test: TestVault;
beforeAll(async () => {
  test = await aVault();
});
afterAll(() => test.remove());

async function profileOf(spec: object, lines: string[]): Promise<Record<string, ColumnProfile>> {
  const report = await test.vault.checkDeposit(await test.deposit(lines.join('\n')), DataSpec.parse(spec));
  return Object.fromEntries((report.profile ?? []).map((column) => [column.name, column]));
}

const people = {
  level: 'ROWS',
  fields: [
    { name: 'p', type: 'pseudonym' },
    { name: 'c', type: 'category' },
  ],
};
const person = (n: number) => `pseudonym${String(n).padStart(8, '0')}`;
const rows = (codes: string[]) => ['p,c', ...codes.map((code, n) => `${person(n)},${code}`)];
const times = (code: string, count: number) => Array.from({ length: count }, () => code);

describe('the profile of a deposit', () => {
  it('DOMAIN § 5: counts people by code, hides few, and hides a second where the total would tell', async () => {
    const codes = [...times('a', 30), ...times('b', 20), ...times('c', 3)];
    const { c } = await profileOf(people, rows(codes));
    expect(c).toEqual({
      name: 'c',
      codes: [
        { code: 'a', people: 30 },
        { code: 'b', people: null },
        { code: 'c', people: null },
      ],
      missing: 0,
    });
  });

  it('DOMAIN § 5: counts people, not rows, and treats a missing value like a code', async () => {
    const once = rows([...times('a', 12), ...times('', 11)]);
    const { c } = await profileOf(people, [...once, ...times(`${person(0)},a`, 5)]);
    expect(c).toMatchObject({ missing: 11, codes: [{ code: '' }, { code: 'a', people: 12 }] });
  });

  it('DOMAIN § 5: gives quantiles with ten people on either side, never an extreme', async () => {
    const number = { level: 'ROWS', fields: [{ name: 'x', type: 'number' }] };
    const values = Array.from({ length: 50 }, (_, n) => String(n));
    const { x } = await profileOf(number, ['x', ...values]);
    expect(x?.quantiles).toEqual([
      { at: 0.25, value: 12 },
      { at: 0.5, value: 24 },
      { at: 0.75, value: 37 },
    ]);
    expect((await profileOf(number, ['x', ...values.slice(0, 15)]))['x']?.quantiles).toEqual([]);
  });

  it('adds the people of cells, and says only how many codes there are where they are many', async () => {
    const cells = { level: 'CELLS', fields: [{ name: 'c', type: 'category' }], dimensions: ['c'] };
    expect((await profileOf(cells, ['c,n', 'a,12', 'b,40']))['c']?.codes).toEqual([
      { code: 'a', people: 12 },
      { code: 'b', people: 40 },
    ]);
    const many = Array.from({ length: 101 }, (_, n) => `k${n}`);
    expect((await profileOf(people, rows(many)))['c']).toEqual({ name: 'c', distinct: 101, missing: 0 });
  });
});
