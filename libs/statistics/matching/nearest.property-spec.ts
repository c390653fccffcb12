// Nearest neighbours against a search through everybody.
import * as fc from 'fast-check';
import { nearest } from './nearest';
import type { MatchingProblem } from './nearest';

const problems = fc
  .record({
    people: fc.array(
      fc.record({ score: fc.integer({ min: 0, max: 12 }), focal: fc.boolean(), stratum: fc.nat(1) }),
      { minLength: 2, maxLength: 24 },
    ),
    ratio: fc.integer({ min: 1, max: 3 }),
    replacement: fc.boolean(),
    order: fc.constantFrom('largest' as const, 'smallest' as const, 'closest' as const, 'data' as const),
    caliper: fc.constantFrom(Infinity, 3, 0),
  })
  .map(({ people: all, ...rest }): MatchingProblem => ({
    ...rest,
    seed: 1,
    score: Float64Array.from(all, ({ score }) => score / 16),
    caliper: rest.caliper / 16,
    focal: Uint8Array.from(all, ({ focal }) => (focal ? 1 : 0)),
    strata: { code: Int32Array.from(all, ({ stratum }) => stratum), count: 2 },
  }));

it('B16: are those that a search through everybody finds', () => {
  fc.assert(
    fc.property(problems, (problem) => {
      expect([...nearest(problem).match]).toEqual(searched(problem));
    }),
    { numRuns: 300 },
  );
});

/** The same rules, looking at everybody for every match. */
function searched(problem: MatchingProblem): number[] {
  const { score, focal, strata, ratio, replacement, caliper, order } = problem;
  const at = (index: number) => score[index] ?? NaN;
  const line = [...score.keys()].sort((a, b) => at(a) - at(b) || a - b);
  const place = (index: number) => line.indexOf(index);
  const focals = [...focal.keys()].filter((index) => focal[index] === 1);
  const turns = focals.map((_person, turn) => turn);
  const key = (turn: number) => at(focals[turn] ?? -1) * (order === 'largest' ? -1 : 1);
  if (order === 'largest' || order === 'smallest') turns.sort((a, b) => key(a) - key(b) || a - b);
  const match = focals.map(() => new Array<number>(ratio).fill(-1));
  const taken = new Set<number>();
  const best = (turn: number) => {
    const person = focals[turn] ?? -1;
    const isLater = (index: number) => (place(index) > place(person) ? 1 : 0);
    return [...focal.keys()]
      .filter((index) => focal[index] === 0 && strata.code[index] === strata.code[person])
      .filter((index) => !(replacement ? match[turn]?.includes(index) : taken.has(index)))
      .map((index) => ({ index, distance: Math.abs(at(index) - at(person)) }))
      .filter(({ distance }) => distance <= caliper)
      .sort(
        (a, b) =>
          a.distance - b.distance ||
          isLater(a.index) - isLater(b.index) ||
          Math.abs(place(a.index) - place(person)) - Math.abs(place(b.index) - place(person)),
      )[0];
  };
  for (let round = 0; round < ratio; round += 1) {
    const left = new Set(turns);
    while (left.size > 0) {
      const waiting = turns.filter((turn) => left.has(turn));
      const offers = waiting.map((turn) => ({ turn, found: best(turn) }));
      const next =
        order === 'closest' && !replacement
          ? offers.sort(
              (a, b) => (a.found?.distance ?? Infinity) - (b.found?.distance ?? Infinity) || a.turn - b.turn,
            )[0]
          : offers[0];
      if (!next) break;
      left.delete(next.turn);
      if (!next.found) continue;
      (match[next.turn] ?? [])[round] = next.found.index;
      taken.add(next.found.index);
    }
  }
  return match.flat();
}
