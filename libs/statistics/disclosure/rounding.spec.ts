// Rounding as an alternative to suppression: everything is rounded, and a count that stays known fails.
import type { RawTable } from '../table';
import { checkTables } from './check';
import { publicFindings } from './findings';
import { PEOPLE, aCell, cellTable, totalsOver, twoWay } from './testing/tables';
import { Thresholds } from './thresholds';

const thresholds = Thresholds.parse({});
const numbersOf = (raw: readonly RawTable[], rounding: number) =>
  checkTables(raw, thresholds, { rounding }).tables.flatMap(({ rows }) =>
    rows.map(({ cell }) => (cell.status === 'shown' ? cell.values['n'] : cell.reason)),
  );
const line = (counts: readonly number[]) => {
  const base = cellTable(
    'cells',
    ['x', 'y'],
    counts.map((n, x) => aCell({ x: `${x % 2}`, y: `${x >> 1}` }, n)),
  );
  return [base, totalsOver(base, [])];
};

describe('DOMAIN § 5: rounding', () => {
  it('shows every number as a multiple of the base, and small ones for a person to accept', () => {
    const raw = twoWay([
      [25, 32, 41],
      [4, 22, 33],
      [50, 28, 12],
    ]);
    const { findings } = checkTables(raw, thresholds, { rounding: 5 });
    expect(
      publicFindings(findings).every(({ cell, people }) => cell === undefined && people === undefined),
    ).toBe(true);
    const numbers = numbersOf(raw, 5);
    expect(numbers.slice(0, 4)).toEqual([25, 30, 40, 5]);
    expect(numbers.every((value) => Number(value) % 5 === 0)).toBe(true);
    expect(findings.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    expect(
      findings.filter(({ rule, verdict }) => rule === 'frequency' && verdict === 'review'),
    ).toMatchObject([
      { people: 4, message: 'Rests on fewer than 10 people. Shown rounded to 5: a person decides.' },
    ]);
  });

  it('shows nothing where a count could be worked out all the same', () => {
    // Four cells of 7 are shown as 5 and their total of 28 as 30: only sevens make that.
    expect(numbersOf(line([7, 7, 7, 7]), 5).every((value) => value === 'protected')).toBe(true);
    expect(numbersOf(line([7, 7, 7, 6]), 5)).toEqual([5, 5, 5, 5, 25]);
  });

  it('refuses a base that hides too little, and tables of which only a part would be rounded', () => {
    expect(() => numbersOf(line([20, 20]), 3)).toThrow('at least 5 as its base, not 3');
    const mean = { ...PEOPLE, name: 'mean', statistic: 'linear' as const };
    const [base] = line([20, 20]);
    expect(() => numbersOf([{ ...base, measures: [PEOPLE, mean] } as RawTable], 5)).toThrow(
      'Rounding takes counts alone, and the table "cells" has others: suppress instead.',
    );
  });
});
