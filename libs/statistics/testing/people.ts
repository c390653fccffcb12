// Made-up people on whom every method answers: numbers, codes, an event, years and days.
import type { RowInput } from '../input';
import { SeededRandom } from '../random';
import { rowsFrom } from './data';

export const PEOPLE = 240;

/** Each person once; `event` and `t` are 0 or 1, `g` one of three codes, `n` a count. */
export function people(count = PEOPLE): RowInput {
  const random = new SeededRandom(5);
  const rows = Array.from({ length: count }, (_, row) => {
    const x = random.uniform() + random.uniform();
    const z = random.uniform() * 10;
    const t = random.uniform() < 0.25 + 0.25 * x ? 1 : 0;
    return {
      ...{ id: `p${row}`, x, z, t, g: 'abc'[row % 3]!, year: 2001 + (row % 12) },
      y: 2 + x + 0.3 * z + t + random.uniform(),
      n: random.below(6),
      event: random.uniform() < 0.2 + 0.3 * x ? 1 : 0,
      days: 1 + random.below(200),
    };
  });
  const fields = ['id', 'x', 'z', 't', 'g', 'year', 'y', 'n', 'event', 'days'] as const;
  const columns = fields.map((field) => [field, rows.map((row) => row[field])] as const);
  return { ...rowsFrom(Object.fromEntries(columns)), people: 'id', collected: 'FLOW' };
}
