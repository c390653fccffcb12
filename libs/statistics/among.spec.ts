// A run is about the records it says: nobody else's reach the method, and their units stay what they were.
import { among } from './among';
import type { MethodInput } from './input';

const input: MethodInput = {
  ...{ shape: 'rows', rows: 4, people: 'pupil', units: Uint32Array.of(5, 6, 6, 7) },
  columns: {
    pupil: { kind: 'text', values: ['a', 'b', 'b', 'c'] },
    phase: { kind: 'text', values: ['infant', 'junior', 'infant', null] },
    meals: { kind: 'number', values: Float64Array.of(1, 0, Number.NaN, 1) },
    year: { kind: 'number', values: Float64Array.of(2010, 2010, 2011, 2011) },
  },
};

it('B38: keeps the records whose field holds one of the values, in order, with their units', () => {
  expect(among(input, { field: 'phase', values: ['junior', 'infant'] })).toMatchObject({
    ...{ rows: 3, units: Uint32Array.of(5, 6, 6) },
    columns: { pupil: { values: ['a', 'b', 'b'] }, meals: { values: Float64Array.of(1, 0, Number.NaN) } },
  });
  expect(among(input, { field: 'year', values: ['2011'] }).columns.pupil).toMatchObject({
    values: ['b', 'c'],
  });
});

it('keeps the cells of a table alike', () => {
  const cells: MethodInput = { ...input, shape: 'cells', dimensions: ['phase'], sums: [] };
  expect(among(cells, { field: 'phase', values: ['infant'] })).toMatchObject({ shape: 'cells', rows: 2 });
});

it('refuses a field that is not there, and values that nobody has', () => {
  expect(() => among(input, { field: 'school', values: ['a'] })).toThrow(/no field "school"/);
  expect(() => among(input, { field: 'phase', values: ['sixth form'] })).toThrow(
    /Nobody’s "phase" is sixth form/,
  );
});
