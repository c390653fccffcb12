// Sums that mix tables, against rational elimination over single people; and that what was safe stays shown.
import fc from 'fast-check';
import type { UnitSet } from '../../table';
import { unitSet } from '../units';
import { mixedSums } from './mixed-sums';

describe('DOMAIN § 5 differencing: against elimination over fractions, person by person', () => {
  const PEOPLE_IN_ALL = 9;
  const LEAST = 3;
  const assignment = fc.array(fc.integer({ min: -1, max: 2 }), {
    minLength: PEOPLE_IN_ALL,
    maxLength: PEOPLE_IN_ALL,
  });
  const setsOf = (places: readonly number[]) =>
    [0, 1, 2]
      .map((cell) => unitSet(places.flatMap((of, unit) => (of === cell ? [unit] : []))))
      .filter(({ length }) => length >= LEAST);

  it('hides until nothing new tells of few people, and hides nothing where nothing does', () => {
    fc.assert(
      fc.property(assignment, assignment, assignment, (x, y, z) => {
        const [own, ...earlier] = [setsOf(x), setsOf(y), setsOf(z)];
        const found = mixedSums([{ table: 0, block: 'x', sets: own ?? [] }], earlier, LEAST);
        const news = (sets: readonly UnitSet[]) =>
          fewPeople().filter(
            (few) =>
              isGiven([...sets, ...earlier.flat()], few) &&
              !isGiven(earlier.flat(), few) &&
              !isGiven(sets, few),
          );
        fc.pre(
          (own ?? []).length > 0 && earlier.every((sets) => sets.length > 0) && isTied(own ?? [], earlier),
        );
        expect(found.cells.length > 0).toBe(news(own ?? []).length > 0);
        const hidden = new Set(found.cells.map(({ cell }) => cell));
        expect(news((own ?? []).filter((_, cell) => !hidden.has(cell)))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  const fewPeople = (): number[][] =>
    Array.from({ length: PEOPLE_IN_ALL }, (_, one) =>
      Array.from({ length: PEOPLE_IN_ALL - one }, (_other, more) => [...new Set([one, one + more])]),
    ).flat();

  /** All sets that share people with each other, in one piece. */
  const isTied = (own: readonly UnitSet[], earlier: readonly (readonly UnitSet[])[]) => {
    const sets = [...own, ...earlier.flat()];
    const reached = new Set([0]);
    for (let grown = true; grown;) {
      const next = sets.findIndex(
        (set, at) =>
          !reached.has(at) && [...reached].some((to) => set.some((unit) => sets[to]?.includes(unit))),
      );
      grown = next >= 0;
      if (grown) reached.add(next);
    }
    return reached.size === sets.length;
  };

  /** Whether rational sums of the sets' zeros and ones give these people's. */
  const isGiven = (sets: readonly UnitSet[], people: readonly number[]) =>
    rank([...sets, people]) === rank(sets);

  function rank(sets: readonly ArrayLike<number>[]): number {
    let rows = sets.map((set) =>
      Array.from({ length: PEOPLE_IN_ALL }, (_, unit) => BigInt(Array.from(set).includes(unit))),
    );
    let found = 0;
    for (let column = 0; column < PEOPLE_IN_ALL; column += 1) {
      const pivot = rows.find((row) => row[column] !== 0n);
      if (!pivot) continue;
      found += 1;
      rows = rows
        .filter((row) => row !== pivot)
        .map((row) => row.map((own, at) => own * pivot[column]! - pivot[at]! * row[column]!));
    }
    return found;
  }
});
