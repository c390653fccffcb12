// P6: methods of analysis on generated data, the computation alone: no vault, no process, no check of the output but the run's own.
import { runMethod } from '#libs/statistics';
import type { RowInput } from '#libs/statistics';
import { SeededRandom } from '../../libs/statistics/random';
import { MatchingParams } from '../../libs/statistics/matching/params';
import { studyOf } from '../../libs/statistics/matching/study';
import { median, within } from './figures';
import type { Figure } from './figures';

/** People with `fields` covariates, a treatment that depends on them (about a quarter treated) and an outcome. */
function generated(rows: number, fields: number): RowInput {
  const random = new SeededRandom(20_261_125);
  const covariates = Array.from({ length: fields }, () =>
    Float64Array.from({ length: rows }, () => random.uniform() + random.uniform() + random.uniform() - 1.5),
  );
  const treated = new Float64Array(rows);
  const outcome = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const lean = covariates.reduce(
      (sum, own, field) => sum + (own[row] ?? 0) * (field % 3 === 0 ? 0.8 : 0.1),
      -1.2,
    );
    treated[row] = random.uniform() < 1 / (1 + Math.exp(-lean)) ? 1 : 0;
    outcome[row] = lean + (treated[row] ?? 0) + 3 * random.uniform();
  }
  const numbers = (values: Float64Array) => ({ kind: 'number' as const, values });
  return {
    shape: 'rows',
    rows,
    columns: {
      ...Object.fromEntries(covariates.map((values, field) => [`x${field}`, numbers(values)])),
      treated: numbers(treated),
      outcome: numbers(outcome),
    },
  };
}

function seconds(run: () => unknown): number {
  const started = performance.now();
  run();
  return (performance.now() - started) / 1000;
}

const times = (rounds: number, run: () => unknown) =>
  median(Array.from({ length: rounds }, () => seconds(run)));
const terms = (fields: number) => Array.from({ length: fields }, (_, field) => `x${field}`);

export function p6(say: (line: string) => void): Promise<Figure[]> {
  const design = { treatment: 'treated', outcome: 'outcome', covariates: terms(8) };
  const params = MatchingParams.parse(design);
  const some = generated(20_000, 8);
  const psm = times(9, () => studyOf(some, params, () => undefined));
  say(`P6: matching of 20,000 people: ${psm.toFixed(3)} s`);
  const wide = generated(100_000, 20);
  const logistic = times(5, () => runMethod('logistic', wide, { outcome: 'treated', terms: terms(20) }));
  say(`P6: logistic regression, 100,000 × 20: ${logistic.toFixed(3)} s`);
  const all = generated(1_000_000, 8);
  const million = seconds(() => runMethod('matching', all, design));
  const memory = process.resourceUsage().maxRSS / 2 ** 20;
  say(`P6: matching of 1,000,000 people: ${million.toFixed(1)} s, ${memory.toFixed(2)} GiB`);
  const figure = (id: string, what: string, value: number, unit = 's') => ({ id, what, value, unit });
  return Promise.resolve([
    within(figure('P6-psm', '1:1 matching of 20,000 people on 8 covariates: score and pairs', psm), 0.06),
    within(figure('P6-logistic', 'logistic regression, 100,000 × 20, with tables and check', logistic), 0.47),
    within(figure('P6-psm-1m', 'a whole matching run of 1,000,000 people', million), 10),
    within(figure('P6-psm-1m-memory', 'the process’s largest memory, data included', memory, 'GiB'), 2),
  ]);
}
