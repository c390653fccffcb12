// What a generated source is: its columns, and the records of one person, drawn from that person's own randomness.
import { SeededRandom } from '../../libs/statistics/random';

export type Value = string | number;
/** Values in the order of the columns; an empty text is a missing value. */
export type Row = readonly Value[];

export interface Source {
  readonly name: string;
  readonly columns: readonly string[];
  /** What it is about, if not people: always so many, such as the small areas there are. */
  readonly things?: number;
  /** The records that one person has in it: none, one or many. `at` counts people, or things, from 0. */
  records(draw: Draw, person: string, at: number): Iterable<Row>;
}

/** Draws for one person: the same seed and person give the same draws, whoever else there is. */
export class Draw {
  private readonly random: SeededRandom;

  constructor(seed: number, person: number) {
    this.random = new SeededRandom(seed * 2 ** 21 + person);
  }

  isSo(probability: number): boolean {
    return this.random.uniform() < probability;
  }

  /** A whole number from `least` to `most`, each equally likely. */
  whole(least: number, most: number): number {
    return least + this.random.below(most - least + 1);
  }

  /** One of the choices, by its weight. */
  oneOf<T extends Value>(choices: readonly (readonly [T, number])[]): T {
    let left = this.random.uniform() * choices.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [choice, weight] of choices) {
      left -= weight;
      if (left < 0) return choice;
    }
    return choices.at(-1)![0];
  }

  /** About normal: the sum of twelve draws. */
  about(mean: number, deviation: number): number {
    let sum = -6;
    for (let draws = 0; draws < 12; draws++) sum += this.random.uniform();
    return mean + deviation * sum;
  }

  /** The value, or nothing where it was not recorded. */
  unlessMissing(value: Value, probability: number): Value {
    return this.isSo(probability) ? '' : value;
  }
}
