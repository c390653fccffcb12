// The computing process: what it gives back, what it keeps to itself, and that it can be ended at any moment.
import { compute } from '.';
import type { Computation } from '.';

// Each starts a process: a loaded machine must not look like a broken rule.
jest.setTimeout(60_000);

const people = (count: number): Computation => ({
  method: 'descriptive',
  params: { outcome: 'pay', groups: 'treat' },
  data: {
    shape: 'rows',
    rows: count,
    columns: {
      treat: { kind: 'text', values: Array.from({ length: count }, (_, i) => String(i % 2)) },
      pay: { kind: 'number', values: Float64Array.from({ length: count }, (_, i) => i) },
    },
  },
  thresholds: [{ frequency: 10 }],
  against: {},
});
const never = new AbortController().signal;

describe('the computing process', () => {
  it('B16: runs a declared method on a release in memory and says how far it is', async () => {
    const steps: number[] = [];
    const computed = await compute(people(40), never, (done) => steps.push(done));
    if (computed.type !== 'done') throw new Error('refused');
    expect(computed.result.tables.map(({ name }) => name)).toEqual(['by_group', 'difference']);
    expect(steps.at(-1)).toBe(1);
  });

  it('the same input gives the same result', async () => {
    const [one, two] = await Promise.all(
      [people(40), people(40)].map((c) => compute(c, never, () => undefined)),
    );
    expect(one).toEqual(two);
  });

  it('T12: says that the data cannot answer, never in words that may quote it', async () => {
    const unknown = { ...people(40), params: { outcome: 'nothing', groups: 'treat' } };
    await expect(compute(unknown, never, () => undefined)).resolves.toEqual({
      type: 'refused',
      reason: 'INPUT_REFUSED',
    });
  });

  it('B39: why a method may not be used on such a source is told by a word of its own', async () => {
    const spells = { ...people(40), method: 'survival', params: { time: 'pay', width: 10 } };
    const stock = { ...spells, data: { ...spells.data, collected: 'STOCK' as const } };
    await expect(compute(stock, never, () => undefined)).resolves.toEqual({
      type: 'refused',
      reason: 'NOT_A_FLOW',
    });
  });

  it('T10: is gone as soon as the read is closed', async () => {
    const closed = new AbortController();
    const close = () => closed.abort(new Error('The release was closed.'));
    await expect(compute(people(40_000), closed.signal, close)).rejects.toThrow('The release was closed.');
  });
});
