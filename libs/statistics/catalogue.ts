// The catalogue of methods: a table that others extend; nothing else in the engine names a method.
import { z } from 'zod';
import { clusters } from './clusters';
import { crosstab } from './crosstab';
import { descriptive } from './descriptive';
import { difference } from './difference';
import { checkTables } from './disclosure/check';
import type { Against } from './disclosure/context';
import { publicFindings } from './disclosure/findings';
import type { Finding } from './disclosure/findings';
import { isOfCounts } from './disclosure/rounding';
import type { ShownUnits } from './disclosure/shown-units';
import { Thresholds } from './disclosure/thresholds';
import { withStructuralZeros } from './disclosure/structural-zeros';
import type { Impossible } from './disclosure/structural-zeros';
import { InputRefused } from './input';
import type { MethodInput } from './input';
import { matching } from './matching';
import type { Method, MethodResult, Progress } from './method';
import { prediction } from './prediction';
import { quantiles } from './quantiles';
import { rates } from './rates';
import { linear, logistic, poisson } from './regression';
import { segmented } from './segmented';
import type { RawTable } from './table';
import { series } from './series';
import { refuseTablesAcrossBreaks } from './series/breaks';
import { survival } from './survival';
import { weighting } from './weighting';

export const MethodName = z.enum([
  'descriptive',
  'linear',
  'logistic',
  'poisson',
  'matching',
  'segmented',
  'weighting',
  'difference',
  'clusters',
  'prediction',
  'crosstab',
  'quantiles',
  'series',
  'survival',
  'rates',
]);
export type MethodName = z.infer<typeof MethodName>;

/** A method with its parameters' type hidden, so that the catalogue can hold methods of many kinds. */
export interface CataloguedMethod extends Omit<Method<unknown>, 'fieldsOf' | 'run'> {
  /** The fields that these parameters read; refuses parameters that do not fit. */
  fieldsOf(params: unknown): string[];
  run(input: MethodInput, params: unknown, progress: Progress): ReturnType<Method<unknown>['run']>;
}

export const catalogue: Record<MethodName, CataloguedMethod> = {
  descriptive: catalogued(descriptive),
  linear: catalogued(linear),
  logistic: catalogued(logistic),
  poisson: catalogued(poisson),
  matching: catalogued(matching),
  segmented: catalogued(segmented),
  weighting: catalogued(weighting),
  difference: catalogued(difference),
  clusters: catalogued(clusters),
  prediction: catalogued(prediction),
  crosstab: catalogued(crosstab),
  quantiles: catalogued(quantiles),
  series: catalogued(series),
  survival: catalogued(survival),
  rates: catalogued(rates),
};

export interface RunOptions {
  readonly thresholds?: Thresholds;
  /** Conditions, what was shown earlier, and what readers are told: see `checkTables`. */
  readonly against?: Against;
  /** What the dictionaries of the data say cannot be. */
  readonly impossible?: readonly Impossible[];
  readonly progress?: Progress;
}

export interface RunOutcome {
  /** What the output check signs and, once passed, recipients read. */
  readonly result: MethodResult;
  /** The findings with the counts behind suppressed cells: for the output checker only. */
  readonly findings: readonly Finding[];
  /** What the author may see before the check: no number of the data is in it. */
  readonly diagnostics: Readonly<Record<string, string | number | boolean>>;
  /** Whose numbers are shown, to be kept for the checks of later results once this one is shown. */
  readonly shown: readonly ShownUnits[];
}

/** Runs a method and checks its tables; what comes back holds no number that the check did not pass. */
export function runMethod(
  name: MethodName,
  input: MethodInput,
  params: unknown,
  {
    thresholds = Thresholds.parse({}),
    against = {},
    impossible = [],
    progress = () => undefined,
  }: RunOptions = {},
): RunOutcome {
  const method = catalogue[name];
  if (!method.accepts.includes(input.shape)) {
    throw new InputRefused(
      `The method "${name}" does not work on ${input.shape}; it takes ${method.accepts.join(' or ')}.`,
    );
  }
  const output = method.run(input, params, progress);
  refuseTablesAcrossBreaks(output.tables, input.breaks);
  const counted = against.rounding === undefined ? output.tables : countsOf(name, output.tables);
  const made = withStructuralZeros(counted, impossible);
  const { tables, findings, shown } = checkTables(made, thresholds, against);
  const result: MethodResult = {
    format: 1,
    method: method.name,
    version: method.version,
    params: method.params.parse(params) as Record<string, unknown>,
    thresholds,
    tables,
    plots: output.plots(tables),
    findings: publicFindings(findings),
  };
  return { result, findings, diagnostics: output.diagnostics, shown };
}

/** Where counts are rounded, whatever is no count is left out: it would tell them as they are. */
function countsOf(name: MethodName, made: readonly RawTable[]): RawTable[] {
  const counts = made.filter(isOfCounts);
  if (counts.length > 0) return counts;
  throw new InputRefused(
    `"rounding" takes counts, and "${name}" makes none. Leave it out, so that small numbers are hidden instead.`,
  );
}

function catalogued<P>(method: Method<P>): CataloguedMethod {
  const parse = (params: unknown): P => {
    if ('refuses' in method.weights && isRecord(params) && Object.hasOwn(params, 'weights'))
      throw new InputRefused(`"${method.name}" takes no "weights": ${method.weights.refuses}`);
    const parsed = method.params.safeParse(params);
    if (parsed.success) return parsed.data;
    throw new InputRefused(`The parameters of "${method.name}" do not fit: ${z.prettifyError(parsed.error)}`);
  };
  return {
    ...method,
    fieldsOf: (params) => method.fieldsOf(parse(params)),
    run(input, params, progress) {
      const parsed = parse(params);
      if (input.rows === 0)
        throw new InputRefused('The data has no rows. Choose a release that holds records.');
      return method.run(input, parsed, progress);
    },
  };
}

const isRecord = (value: unknown): value is object => typeof value === 'object' && value !== null;
