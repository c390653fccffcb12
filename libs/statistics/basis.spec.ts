// What a cell rests on: people not rows, organisations, contributions by person, units.
import { BasisOf, ownersOf } from './basis';
import type { RowInput } from './input';

const visits: RowInput = {
  shape: 'rows',
  rows: 6,
  people: 'id',
  organisations: 'provider',
  units: Uint32Array.from([40, 30, 40, 20, 10, 5]),
  columns: {
    id: { kind: 'text', values: ['a', 'b', 'a', 'c', null, null] },
    provider: { kind: 'text', values: ['x', 'x', 'y', 'y', 'x', 'x'] },
    hours: { kind: 'number', values: Float64Array.from([3, 4, 2, 1, -1, 0]) },
  },
};
const hours = (visits.columns['hours'] as { values: Float64Array }).values;

describe('what a cell rests on', () => {
  it('DOMAIN § 5: the unit is distinct people; a record without an owner is somebody of its own', () => {
    expect(ownersOf(visits)).toEqual({ owner: Int32Array.from([0, 1, 0, 2, 3, 4]), count: 5 });
    const basis = new BasisOf(visits);
    expect(basis.peopleIn(Int32Array.from([0, 1, 2]))).toBe(2);
    expect(basis.peopleIn(Int32Array.from([4, 5]))).toBe(2);
    expect(basis.peopleIn(new Int32Array())).toBe(0);
  });

  it('DOMAIN § 5: dominance is by person, over all their records', () => {
    const basis = new BasisOf(visits);
    expect(basis.rows(Int32Array.from([0, 1, 2, 3]), { mean: hours })).toEqual({
      people: 3,
      records: 4,
      organisations: 2,
      contributions: { mean: { total: 10, largest: 5, second: 4, anyNegative: false } },
      units: Uint32Array.from([20, 30, 40]),
    });
    expect(basis.rows(Int32Array.from([1, 4]), { mean: hours }).contributions).toEqual({
      mean: { total: 3, largest: 4, second: 0, anyNegative: true },
    });
  });

  it('takes each row for a person where the data does not say whose it is', () => {
    const { people: _people, units: _units, organisations: _organisations, ...rows } = visits;
    expect(new BasisOf(rows).rows(Int32Array.from([0, 2]))).toEqual({ people: 2 });
  });
});
