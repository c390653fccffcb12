// Lasso and elastic net against scikit-learn, and against the conditions that hold at any minimum.
import fc from 'fast-check';
import { runMethod } from '../catalogue';
import { completeRows } from '../design/complete';
import { designOf } from '../design/matrix';
import { SeededRandom } from '../random';
import { binaryOf } from '../regression/prepare';
import { expectClose, lalonde, reference } from '../testing/data';
import { descend } from './elastic-net';
import type { Block, Net } from './elastic-net';
import { fitPenalised } from './penalised';

const expected = reference<{ by_penalty_and_mixing: Record<string, number[]> }>('elastic_net.json');
const terms = ['age', 'educ', 'race', 'married', 're74', 're75'];
const people = lalonde();
const used = completeRows(people, ['treat', ...terms]);
const treat = binaryOf(people, used.rows, 'treat', { event: undefined });
const design = designOf(people, used, terms);
const all = Int32Array.from(treat.keys());

it.each(Object.entries(expected.by_penalty_and_mixing))(
  'B16: equals scikit-learn with penalty and mixing %s, zeros included',
  (named, values) => {
    const [penalty, mixing] = named.split(' ').map(Number) as [number, number];
    const { coefficients } = fitPenalised(design, treat, all, { penalty, mixing });
    values.forEach((value, at) => {
      if (value === 0) expect(coefficients[at]).toBe(0);
      else expectClose(coefficients[at], value, 1e-8);
    });
  },
);

it('a net without lasso is ridge, by whichever way it is found', () => {
  const ridge = fitPenalised(design, treat, all, { penalty: 5, mixing: 0 }).coefficients;
  const net = fitPenalised(design, treat, all, { penalty: 5, mixing: 1e-14 }).coefficients;
  ridge.forEach((value, at) => expectClose(net[at], value, 1e-8));
});

/** A generated block of columns at mean 0 and mean square 1, and outcomes of both kinds. */
function generated(seed: number, rows: number, columns: number): { block: Block; y: Float64Array } {
  const random = new SeededRandom(seed);
  const values = new Float64Array(rows * (columns + 1)).fill(1, 0, rows);
  for (let column = 1; column <= columns; column += 1) {
    const own = Array.from({ length: rows }, () => random.uniform());
    const mean = own.reduce((sum, value) => sum + value, 0) / rows;
    const scale = Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows);
    own.forEach((value, row) => (values[column * rows + row] = (value - mean) / scale));
  }
  const y = Float64Array.from({ length: rows }, (_, row) => (row < 2 ? row : random.below(2)));
  return { block: { rows, size: columns + 1, values }, y };
}

/** How far the subgradient is from holding 0, column by column (the Karush–Kuhn–Tucker conditions). */
function faults({ rows, size, values }: Block, y: Float64Array, beta: Float64Array, net: Net): number[] {
  const column = (at: number) => values.subarray(at * rows, (at + 1) * rows);
  const eta = new Float64Array(rows);
  beta.forEach((value, at) => column(at).forEach((x, row) => (eta[row]! += value * x)));
  return Array.from({ length: size }, (_, at) => {
    const gradient = column(at).reduce(
      (sum, x, row) => sum + x * (y[row]! - 1 / (1 + Math.exp(-eta[row]!))),
      0,
    );
    const { penalty, mixing } = net;
    const own = beta[at]!;
    if (at === 0) return Math.abs(gradient);
    if (own === 0) return Math.max(0, Math.abs(gradient) - penalty * mixing);
    return Math.abs(gradient - penalty * ((1 - mixing) * own + mixing * Math.sign(own)));
  });
}

it('at what it finds no small move gains anything, whatever the data', () => {
  fc.assert(
    fc.property(
      fc.nat(10_000),
      fc.integer({ min: 6, max: 60 }),
      fc.integer({ min: 1, max: 6 }),
      fc.double({ min: 0.05, max: 20, noNaN: true }),
      fc.constantFrom(0.25, 0.5, 1),
      (seed, rows, columns, penalty, mixing) => {
        const { block, y } = generated(seed, rows, columns);
        const net = { penalty, mixing };
        expect(Math.max(...faults(block, y, descend(block, y, net), net))).toBeLessThan(1e-7);
      },
    ),
    { numRuns: 60 },
  );
});

it('a lasso strong enough leaves everything out, and everybody gets the overall share', () => {
  const { block, y } = generated(3, 40, 3);
  const beta = descend(block, y, { penalty: 1000, mixing: 1 });
  const share = y.reduce((sum, value) => sum + value, 0) / y.length;
  expect([...beta.subarray(1)]).toEqual([0, 0, 0]);
  expectClose(beta[0], Math.log(share / (1 - share)), 1e-10);
});

it('B16: the method takes it as a parameter, tries it on people it has not seen, and refuses nonsense by name', () => {
  const params = { outcome: 'treat', terms, penalty: 5, mixing: 1, importance: 0 };
  const { result } = runMethod('prediction', people, params);
  expect(result.params).toMatchObject({ mixing: 1 });
  const { result: ridge } = runMethod('prediction', people, { ...params, mixing: 0 });
  expect(result.tables.find(({ name }) => name === 'performance')).not.toEqual(
    ridge.tables.find(({ name }) => name === 'performance'),
  );
  expect(() => runMethod('prediction', people, { ...params, mixing: 2 })).toThrow(/mixing/);
});
