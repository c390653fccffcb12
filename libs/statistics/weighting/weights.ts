// Weights that make treated and untreated people alike in their scores.
import { InputRefused } from '../input';
import { ascending, positionsWhere } from '../order';

export type Estimand = 'ATE' | 'ATT' | 'ATC';

/**
 * The inverse of the probability of the treatment one had, times that of whom the effect is on (Robins, Hernán & Brumback
 * 2000; Hirano & Imbens 2001): for everybody 1 / e and 1 / (1 − e), for the treated 1 and e / (1 − e).
 */
export function inverseProbability(
  score: Float64Array,
  treated: Uint8Array,
  estimand: Estimand,
): Float64Array {
  return score.map((e, at) => {
    const chance = treated[at] === 1 ? e : 1 - e;
    return { ATE: 1, ATT: e, ATC: 1 - e }[estimand] / chance;
  });
}

/**
 * The class of each person: classes hold equally many of those the effect is on, by their scores (Rosenbaum & Rubin 1984).
 * A score equal to a border belongs to the class above it.
 */
export function subclassesOf(
  score: Float64Array,
  treated: Uint8Array,
  { estimand, count }: { estimand: Estimand; count: number },
): Int32Array {
  const isFocal = (at: number) => estimand === 'ATE' || treated[at] === (estimand === 'ATT' ? 1 : 0);
  const order = ascending(score).filter(isFocal);
  const borders = Array.from({ length: count - 1 }, (_, at) => {
    // R's default quantile (type 7).
    const position = ((order.length - 1) * (at + 1)) / count;
    const below = score[order[Math.floor(position)]!]!;
    const above = score[order[Math.ceil(position)]!]!;
    return below + (above - below) * (position - Math.floor(position));
  });
  return Int32Array.from(score, (own) => borders.filter((border) => own >= border).length);
}

/**
 * Marginal mean weights through stratification (Hong 2010): in each class a group counts for those the effect is on.
 * Refuses classes in which one group is missing.
 */
export function subclassWeights(
  classes: Int32Array,
  treated: Uint8Array,
  { estimand, count }: { estimand: Estimand; count: number },
): Float64Array {
  const sizes = Array.from({ length: count }, (_, own) =>
    [0, 1].map(
      (group) => positionsWhere(classes.length, (at) => classes[at] === own && treated[at] === group).length,
    ),
  );
  if (sizes.some((pair) => pair.includes(0))) {
    throw new InputRefused(
      'In one of the classes nobody, or everybody, was treated. Lower "subclasses", or leave people outside the overlap out with "trim".',
    );
  }
  const all = classes.length;
  const [controls, own] = [0, 1].map((group) => sizes.reduce((sum, pair) => sum + pair[group]!, 0));
  return Float64Array.from(classes, (at, position) => {
    const [inControl = 0, inTreated = 0] = sizes[at]!;
    const group = treated[position] === 1 ? inTreated : inControl;
    const target = { ATE: inControl + inTreated, ATT: inTreated, ATC: inControl }[estimand];
    const total = { ATE: all, ATT: own!, ATC: controls! }[estimand];
    // Scaled so that each group's weights add up to its people.
    return ((target / group) * (treated[position] === 1 ? own! : controls!)) / total;
  });
}
