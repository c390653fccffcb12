// Which fields tell one that may not be broken down by, as the data shows.
import { rowsFrom } from '../testing/data';
import { runMethod } from '../catalogue';
import { coarserIn } from './coarser';

const people = Array.from({ length: 80 }, (_, i) => i);
const data = rowsFrom({
  district: people.map((i) => `d${i % 4}`),
  region: people.map((i) => `r${(i % 4) % 2}`),
  sex: people.map((i) => (i < 40 ? 'f' : 'm')),
  country: people.map(() => 'one'),
  pay: people,
});

describe('coarser fields', () => {
  it('B27: a field that determines a forbidden one is told by the data; one that everybody shares is told by none', () => {
    expect(coarserIn(data, ['region', 'country', 'absent'])).toEqual({
      district: ['region'],
      pay: ['region'],
    });
  });

  it('B27: so a table by district fails where no breakdown by region is allowed, and one by sex passes', () => {
    const conditions = [{ kind: 'NO_BREAKDOWN_BY' as const, value: 'region' }];
    const against = { conditions, coarser: coarserIn(data, ['region']) };
    const shown = (groups: string) =>
      runMethod('descriptive', data, { outcome: 'pay', groups }, { against })
        .result.tables.filter(({ name }) => name === 'by_group')
        .flatMap(({ rows }) => rows.map(({ cell }) => cell.status));
    expect(shown('district')).toEqual(expect.not.arrayContaining(['shown']));
    expect(shown('sex')).toEqual(['shown', 'shown']);
  });
});
