// DOMAIN § 5 differencing against published tables: nobody gives the people in their cells, and everybody knows their counts.
import { runMethod } from '../catalogue';
import type { RowInput } from '../input';
import type { MethodResult } from '../method';
import { rowsFrom } from '../testing/data';
import { publishedUnits } from './published';
import type { PublishedTable } from './published';

/** Per region the people of each sex; four men in the north. */
const PEOPLE: Record<string, Record<string, number>> = {
  north: { f: 25, m: 4 },
  south: { f: 30, m: 22 },
  east: { f: 18, m: 19 },
};
const cells = Object.entries(PEOPLE).flatMap(([region, of]) =>
  Object.entries(of).map(([sex, n]) => ({ region, sex, n })),
);
const each = cells.flatMap(({ n, ...own }) => Array.from({ length: n }, () => own));
const data: RowInput = {
  ...rowsFrom({ region: each.map(({ region }) => region), sex: each.map(({ sex }) => sex) }),
  units: Uint32Array.from(each.keys()),
};

const table = (columns: Record<string, (string | number)[]>): PublishedTable => ({
  name: 'office, version 1',
  dimensions: Object.keys(columns).filter((name) => name !== 'n'),
  columns: rowsFrom(columns).columns,
});
const BY_REGION = table({ region: ['north', 'south', 'east'], n: [29, 52, 37] });

/** A table by region and sex alone: without its totals nothing in it gives the four away. */
function checked(tables: readonly PublishedTable[], input = data) {
  const against = { earlier: publishedUnits(data, tables) };
  const { result, findings } = runMethod('series', input, { time: 'region', groups: 'sex' }, { against });
  return { result, found: findings.filter(({ rule }) => rule === 'differencing') };
}
const statusOf = ({ tables }: MethodResult, region: string, sex: string) =>
  tables[0]?.rows.find(({ key }) => key['period'] === region && key['sex'] === sex)?.cell.status;

it('DOMAIN § 5 differencing: a total that everybody knows gives no hidden cell away', () => {
  const alone = checked([]);
  expect(statusOf(alone.result, 'north', 'm')).toBe('suppressed');
  expect(statusOf(alone.result, 'north', 'f')).toBe('shown');
  const beside = checked([BY_REGION]);
  expect(statusOf(beside.result, 'north', 'f')).toBe('suppressed');
  expect(statusOf(beside.result, 'south', 'f')).toBe('shown');
  expect(beside.found).toContainEqual(
    expect.objectContaining({
      verdict: 'fail',
      message: expect.stringContaining('office, version 1') as string,
    }),
  );
  expect(beside.found.filter(({ verdict }) => verdict === 'review')).toEqual([]);
});

it('DOMAIN § 5 differencing: nor does one that sums of cells here or there come to', () => {
  const total = table({ sex: ['f', 'm'], n: [73, 45] });
  const men = ['south', 'east'].map((region) => statusOf(checked([total]).result, region, 'm'));
  expect(men).toContain('suppressed');
  const finer = table({
    ...{ region: ['north', 'north', 'south'], age: ['young', 'old', 'young'] },
    n: [20, 9, 52],
  });
  const { result, found } = checked([finer]);
  expect(statusOf(result, 'north', 'f')).toBe('suppressed');
  expect(found).toContainEqual(
    expect.objectContaining({
      verdict: 'review',
      message: expect.stringContaining('does not have its age') as string,
    }),
  );
});

it('DOMAIN § 5 differencing: three people fewer than everybody knows there are, by a missing value, are not shown', () => {
  const missing: RowInput = {
    ...data,
    columns: {
      ...data.columns,
      sex: { ...data.columns['sex']!, kind: 'text', labels: ['f', 'm'], codes: codes() },
    },
  };
  function codes(): Int32Array {
    let left = 3;
    return Int32Array.from(each, ({ region, sex }) =>
      region === 'south' && sex === 'f' && left-- > 0 ? -1 : sex === 'f' ? 0 : 1,
    );
  }
  const by = table({ region: ['south', 'south'], sex: ['f', 'm'], n: [30, 22] });
  expect(statusOf(checked([], missing).result, 'south', 'f')).toBe('shown');
  expect(statusOf(checked([by], missing).result, 'south', 'f')).toBe('suppressed');
});

it.each<[string, PublishedTable, RegExp]>([
  [
    'counts others than the release holds',
    table({ region: ['north', 'south'], n: [30, 52] }),
    /Not all of "office, version 1" could be compared, for some of its cells count other people than the release holds/,
  ],
  [
    'speaks of codes that the release does not have',
    table({ region: ['west'], n: [40] }),
    /some of its cells count other people/,
  ],
  [
    'can be read no more',
    { name: 'office, version 1', dimensions: ['region'], columns: null },
    /is not known/,
  ],
])(
  'DOMAIN § 5 differencing: a published table that %s goes to a person, never passes',
  (_what, published, message) => {
    const { found } = checked([published]);
    expect(found).toContainEqual(
      expect.objectContaining({ verdict: 'review', message: expect.stringMatching(message) as string }),
    );
    expect(found.filter(({ verdict }) => verdict === 'pass')).toEqual([]);
  },
);

it('what passes says what was not compared', () => {
  const { found } = checked([table({ region: ['south'], n: [52] })]);
  expect(found.map(({ verdict }) => verdict)).toEqual(['pass']);
  expect(found[0]?.message).toContain('what else was ever published was not');
});
