// Who is predicted by which model: people, never records, are dealt into parts, events and others each in equal shares.
import { InputRefused } from '../input';
import { SeededRandom } from '../random';
import type { PredictionParams } from './params';

/** One trial: rows the model is fitted on, and rows it has not seen. */
export interface Trial {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** `person` tells whose each row is; all rows of one person are on the same side. */
export function trialsOf(
  y: Float64Array,
  { person, people }: { person: Int32Array; people: number },
  { folds, testShare, seed }: PredictionParams,
): Trial[] {
  const hasEvent = new Uint8Array(people);
  y.forEach((value, row) => (hasEvent[person[row]!]! |= value));
  const random = new SeededRandom(seed);
  const part = new Int32Array(people);
  for (const event of [1, 0]) {
    const own = random.shuffle(
      Int32Array.from([...hasEvent.keys()].filter((who) => hasEvent[who] === event)),
    );
    const held = Math.round(own.length * (testShare ?? 0));
    if (testShare === undefined ? own.length < folds : held === 0 || held === own.length)
      throw tooFew(testShare === undefined ? 'folds' : 'testShare');
    own.forEach((who, at) => (part[who] = testShare === undefined ? at % folds : at < held ? 0 : 1));
  }
  const trials = testShare === undefined ? folds : 1;
  return Array.from({ length: trials }, (_, at) => {
    const isTest = (row: number) => part[person[row]!] === at;
    const rows = Int32Array.from(y.keys());
    return { test: rows.filter(isTest), train: rows.filter((row) => !isTest(row)) };
  });
}

function tooFew(parameter: string): InputRefused {
  return new InputRefused(
    `Too few people have the event, or do not have it, for every part of the split to hold some. Choose fewer "folds"${parameter === 'folds' ? '' : ' or another "testShare"'}, or an outcome that is less rare.`,
  );
}
