// `survival`: how long spells last, in steps that each cover enough exits; refused where the source hides short spells.
import { basisOf } from '../design/basis';
import { codesOf } from '../design/codes';
import { completeRows } from '../design/complete';
import { peopleOf } from '../design/people';
import { gathered } from '../design/matrix';
import { InputRefused, numbersOf } from '../input';
import type { RowInput } from '../input';
import type { Method } from '../method';
import { linesOf } from '../plot';
import { binaryOf } from '../regression/prepare';
import type { CellTable, ModelTable, RawCell, RawMeasure } from '../table';
import { logRank, momentsOf, spellsOf, survivalAfter } from './kaplan-meier';
import type { Spells } from './kaplan-meier';
import { fieldsOfSurvival, SurvivalParams } from './params';

export { SurvivalParams } from './params';

export const survival: Method<SurvivalParams> = {
  name: 'survival',
  version: '1.0.0',
  title: 'How long spells last',
  description:
    'The share of spells still going after a time (Kaplan and Meier 1958), with intervals (Greenwood 1926) and a comparison of groups (log-rank test, Mantel 1966). Assumes that who was lost from sight would have gone on like the others. Only from sources that hold everybody who passed through, or with the time at which each spell was first seen: a source of those still there leaves out the short spells. Rows with a missing value are left out and counted.',
  reports: 'The share still going by step with its interval, people at risk, and a test of groups.',
  reference: 'lifelines 0.30.3.',
  accepts: ['rows'],
  weights: {
    refuses:
      'Greenwood’s interval and the log-rank test count the people at risk, and have no such form with weights. Leave them out.',
  },
  rules: ['survival', 'frequency', 'degrees_of_freedom', 'differencing', 'condition'],
  params: SurvivalParams,
  fieldsOf: fieldsOfSurvival,
  run(input, params, progress) {
    if (input.shape !== 'rows') throw new InputRefused('Survival needs rows, one per spell.');
    refuseStock(input, params);
    progress(0, 'reading the spells');
    const used = completeRows(input, fieldsOfSurvival(params));
    const spells = readSpells(input, used.rows, params);
    const { levels, code } = groupsOf(input, used.rows, params);
    const table = stepsTable({ input, rows: used.rows, spells, levels, code }, params);
    const tested =
      levels.length < 2 ? [] : [testTable({ input, rows: used.rows, spells, levels, code }, params)];
    progress(1, 'tables made');
    const series = params.groups === undefined ? {} : { series: [params.groups] };
    return {
      tables: [table, ...tested, ...used.leftOut],
      plots: (checked) =>
        checked
          .filter(({ name }) => name === 'survival')
          .map((own) =>
            linesOf(own, {
              x: { measure: 'until' },
              y: 'survival',
              low: 'low',
              high: 'high',
              count: 'at_risk',
              ...series,
            }),
          ),
      diagnostics: { groups: levels.length, steps: table.cells.length },
    };
  },
};

function refuseStock({ collected }: RowInput, { entry }: SurvivalParams): void {
  if (collected === 'FLOW' || entry !== undefined) return;
  const why =
    collected === 'STOCK'
      ? 'The source holds people only while they are there (STOCK)'
      : 'The source does not declare whether it holds everybody who passed through (FLOW) or only who was still there (STOCK)';
  throw new InputRefused(
    `${why}, so that short spells are under-represented and how long spells last cannot be told (B39). Use a source declared as FLOW, or name in "entry" how long each spell had lasted when it was first seen.`,
    'NOT_A_FLOW',
  );
}

function readSpells(
  input: RowInput,
  rows: Int32Array,
  { time, ended, event, entry }: SurvivalParams,
): Spells {
  const times = gathered(numbersOf(input, time), rows);
  // Without entry times everybody is seen from the start, also who leaves at time 0.
  const from =
    entry === undefined ? new Float64Array(rows.length).fill(-1) : gathered(numbersOf(input, entry), rows);
  if (times.some((value) => value < 0))
    throw new InputRefused(
      `The field "${time}" holds a time below 0. Have it corrected, or recorded as missing.`,
    );
  if (times.some((value, at) => value <= from[at]!)) {
    throw new InputRefused(
      `A spell in "${time}" is not longer than it had lasted when first seen ("${entry}"). Have it corrected, or recorded as missing.`,
    );
  }
  const isEnded =
    ended === undefined ? new Float64Array(rows.length).fill(1) : binaryOf(input, rows, ended, { event });
  return { time: times, ended: isEnded, entry: from };
}

function groupsOf(input: RowInput, rows: Int32Array, { groups }: SurvivalParams) {
  return groups === undefined
    ? { levels: [''], code: new Int32Array(rows.length) }
    : codesOf(input, groups, rows);
}

interface Studied {
  readonly input: RowInput;
  readonly rows: Int32Array;
  readonly spells: Spells;
  readonly levels: readonly string[];
  readonly code: Int32Array;
}

function stepsTable(studied: Studied, params: SurvivalParams): CellTable {
  const { groups } = params;
  const cells = studied.levels.flatMap((_, group) => stepsOf(studied, group, params));
  const people = peopleOf(studied.input, studied.rows).people;
  return {
    kind: 'cells',
    name: 'survival',
    title: `Share of spells in ${params.time} still going${groups === undefined ? '' : ` by ${groups}`}`,
    keys: groups === undefined ? ['step'] : [groups, 'step'],
    // Only steps in which people leave are listed, so none is empty: the survival rule judges them.
    characteristics: [],
    breakdown: { step: [params.time] },
    overlapping: cells.reduce((sum, cell) => sum + cell.people, 0) > people,
    measures: measuresOf(params),
    cells,
    notes: [
      `Each step covers at least ${params.stepExits} people who leave in it; the interval’s end is shown.`,
    ],
  };
}

function measuresOf({ time, ended }: SurvivalParams): RawMeasure[] {
  const fields = [time, ...(ended === undefined ? [] : [ended])];
  const of = (name: string, label: string, unit: string): RawMeasure => ({
    ...{ name, label, unit, statistic: 'survival', fields },
  });
  return [
    { name: 'until', label: 'end of the step', unit: time, statistic: 'given' },
    of('at_risk', 'people at risk when it begins', 'people'),
    of('exits', 'people who leave in it, or are last seen', 'people'),
    of('survival', 'share still going at its end', 'share'),
    of('low', 'its interval from', 'share'),
    of('high', 'to', 'share'),
  ];
}

/** Steps of whole widths, each joined with the next until enough people leave in it; what is left joins the last. */
function stepsOf(
  { input, rows, spells, levels, code }: Studied,
  group: number,
  params: SurvivalParams,
): RawCell[] {
  const { width, stepExits, level, groups } = params;
  const own = Int32Array.from(code.keys()).filter((at) => code[at] === group);
  const moments = momentsOf(spellsOf(spells, code, group));
  const after = survivalAfter(moments, level);
  const stepAt = (time: number) => Math.max(1, Math.ceil(time / width));
  const peopleWhere = (isIn: (at: number) => boolean) =>
    peopleOf(
      input,
      own.filter(isIn).map((at) => rows[at]!),
    ).people;
  const ends: number[] = [];
  let from = -1;
  for (const step of [...new Set(moments.map(({ time }) => stepAt(time)))]) {
    const until = step * width;
    const exits = peopleWhere((at) => spells.time[at]! > from && spells.time[at]! <= until);
    if (exits < stepExits) continue;
    ends.push(until);
    from = until;
  }
  const last = Math.max(...moments.map(({ time }) => stepAt(time))) * width;
  if (ends.length === 0) ends.push(last);
  else if (peopleWhere((at) => spells.time[at]! > from) > 0) ends[ends.length - 1] = last;
  return ends.map((until, index): RawCell => {
    const begin = index === 0 ? -1 : ends[index - 1]!;
    const leaving = own.filter((at) => spells.time[at]! > begin && spells.time[at]! <= until);
    const found = after[moments.findLastIndex(({ time }) => time <= until)]!;
    const atRisk = peopleWhere((at) => spells.time[at]! > begin && spells.entry[at]! <= Math.max(0, begin));
    const left = peopleWhere((at) => spells.time[at]! > until && spells.entry[at]! <= until);
    const rests = basisOf(
      input,
      leaving.map((at) => rows[at]!),
    );
    return {
      key: { ...(groups === undefined ? {} : { [groups]: levels[group]! }), step: String(index + 1) },
      ...rests,
      step: { exits: rests.people, atRisk: left },
      values: { until, at_risk: atRisk, exits: rests.people, ...found },
    };
  });
}

function testTable(
  { input, rows, spells, levels, code }: Studied,
  { groups = '' }: SurvivalParams,
): ModelTable {
  const { chiSquared, df, p } = logRank(spells, code, levels.length);
  const rests = basisOf(input, rows);
  const of = (name: string, label: string, unit: string): RawMeasure => ({
    name,
    label,
    unit,
    statistic: 'model',
  });
  return {
    kind: 'model',
    name: 'comparison',
    title: `Log-rank test that spells last as long in each ${groups}`,
    keys: [],
    basis: { ...rests, dof: rests.people - levels.length },
    measures: [
      of('chi_squared', 'chi-squared', 'chi-squared'),
      of('df', 'degrees of freedom', 'degrees'),
      of('p', 'p-value', 'probability'),
    ],
    cells: [{ key: {}, values: { chi_squared: chiSquared, df, p } }],
  };
}
