// `survival`: how long until something ends, by group, at steps that enough people left in.
import { basisOf } from '../design/basis';
import { codesOf } from '../design/codes';
import { completeRows } from '../design/complete';
import type { CompleteRows } from '../design/complete';
import { gathered } from '../design/matrix';
import { InputRefused, numbersOf } from '../input';
import type { RowInput } from '../input';
import type { Method, MethodOutput } from '../method';
import { positionsWhere } from '../order';
import { rowsOf } from '../regression';
import { binaryOf } from '../regression/prepare';
import type { CellTable, ModelTable, RawMeasure } from '../table';
import { kaplanMeier, logRank, medianSurvival } from './estimate';
import type { Followed } from './estimate';
import { SurvivalParams, fieldsOfSurvival } from './params';

export { SurvivalParams } from './params';

const MOST_STEPS = 500;

export const survival: Method<SurvivalParams> = {
  name: 'survival',
  version: '1.0.0',
  title: 'Time until an event',
  description:
    'How many are still there after a time, by group (Kaplan & Meier 1958), and whether groups differ (log-rank: Mantel 1966). Assumes that whoever is no longer followed has the same prospects as who still is, and that people do not affect each other.',
  accepts: ['rows'],
  rules: ['survival', 'frequency', 'degrees_of_freedom', 'extremes', 'differencing', 'condition'],
  params: SurvivalParams,
  fieldsOf: fieldsOfSurvival,
  run(input, params, progress): MethodOutput {
    progress(0, 'reading the records');
    const cohort = cohortOf(rowsOf(input), params);
    const tables = [
      curveTable(cohort, params),
      medianTable(cohort, params),
      ...testTable(cohort, params),
      ...cohort.used.leftOut,
    ];
    progress(1, 'tables made');
    return { tables, plots: () => [], diagnostics: { groups: cohort.groups.length } };
  },
};

interface Cohort extends Followed {
  readonly input: RowInput;
  readonly used: CompleteRows;
  readonly code: Int32Array;
  /** One nameless group where none are asked for. */
  readonly groups: readonly string[];
}

function cohortOf(input: RowInput, params: SurvivalParams): Cohort {
  if (params.collection === 'STOCK') {
    throw new InputRefused(
      `The source holds only those still there (STOCK): who left early is missing, so survival in "${params.time}" would come out too long (B39). Use a source that declares FLOW.`,
    );
  }
  const used = completeRows(input, fieldsOfSurvival(params));
  if (used.people < used.rows.length) {
    throw new InputRefused(
      'Some people have several records, and each must have one. Use their first spell.',
    );
  }
  const time = gathered(numbersOf(input, params.time), used.rows);
  if (time.some((own) => own <= 0)) {
    throw new InputRefused(
      `The time "${params.time}" must be above 0, and is not in every record. Have it corrected, or recorded as missing.`,
    );
  }
  const last = time.reduce((most, own) => Math.max(most, own), 0);
  if (last / params.interval > MOST_STEPS) {
    throw new InputRefused(`"interval" makes more than ${MOST_STEPS} steps. Use a longer one.`);
  }
  const event = binaryOf(input, used.rows, params.event, { ended: params.ended });
  const { levels, code } =
    params.groups === undefined
      ? { levels: [''], code: new Int32Array(time.length) }
      : codesOf(input, params.groups, used.rows);
  return { input, used, time, event, code, groups: levels };
}

function membersOf({ time, event, code }: Cohort, group: number): { own: Int32Array } & Followed {
  const own = positionsWhere(code.length, (at) => code[at] === group);
  return { own, time: gathered(time, own), event: gathered(event, own) };
}

const keyOf = ({ groups }: SurvivalParams, label: string): Record<string, string> =>
  groups === undefined ? {} : { [groups]: label };

/** One row per group and step: a step is judged by who left in it and who is left after it. */
function curveTable(cohort: Cohort, params: SurvivalParams): CellTable {
  const { input, used, groups } = cohort;
  const percent = `${Math.round(params.level * 1000) / 10} %`;
  const fields = [params.time, params.event];
  const of = (name: string, label: string, unit = ''): RawMeasure => ({
    name,
    label,
    unit,
    statistic: 'survival',
    fields,
  });
  return {
    kind: 'cells',
    name: 'survival',
    title: `Still without ${params.event} after a time`,
    keys: [...(params.groups === undefined ? [] : [params.groups]), 'time'],
    breakdown: { time: [] },
    characteristics: params.groups === undefined ? [] : [params.groups],
    overlapping: true,
    measures: [
      of('survival', 'share still without the event'),
      of('standard_error', 'standard error'),
      of('lower', `lower end of the ${percent} interval`),
      of('upper', `upper end of the ${percent} interval`),
      of('events', 'events in the step', 'people'),
      of('at_risk', 'at risk after the step', 'people'),
    ],
    cells: groups.flatMap((label, group) => {
      const members = membersOf(cohort, group);
      const { own, time, event } = members;
      const last = time.reduce((most, one) => Math.max(most, one), 0);
      const steps = Math.max(1, Math.ceil(last / params.interval));
      const times = Array.from({ length: steps }, (_, step) => (step + 1) * params.interval);
      return kaplanMeier(members, times, params.level).map((point) => {
        const isIn = (at: number) => time[at]! > point.time - params.interval && time[at]! <= point.time;
        const exits = positionsWhere(time.length, isIn);
        const before = positionsWhere(time.length, (at) => time[at]! > point.time - params.interval);
        const atRisk = before.length - exits.length;
        return {
          ...basisOf(
            input,
            Int32Array.from(before, (at) => used.rows[own[at]!]!),
          ),
          key: { ...keyOf(params, label), time: String(point.time) },
          step: { exits: exits.length, atRisk },
          values: {
            survival: point.survival,
            standard_error: point.error,
            lower: point.lower,
            upper: point.upper,
            events: exits.reduce((sum, at) => sum + event[at]!, 0),
            at_risk: atRisk,
          },
        };
      });
    }),
  };
}

function medianTable(cohort: Cohort, params: SurvivalParams): CellTable {
  const { input, used, groups } = cohort;
  return {
    kind: 'cells',
    name: 'median',
    title: 'Time after which half are still without the event',
    keys: params.groups === undefined ? [] : [params.groups],
    measures: [
      { name: 'n', label: 'people', unit: 'people', statistic: 'frequency' },
      {
        name: 'median',
        label: 'median time',
        unit: params.time,
        statistic: 'position',
        fields: [params.time, params.event],
      },
    ],
    notes: ['A group of which more than half are without the event to the end has no median.'],
    cells: groups.map((label, group) => {
      const members = membersOf(cohort, group);
      const basis = basisOf(
        input,
        Int32Array.from(members.own, (at) => used.rows[at]!),
      );
      const median = medianSurvival(members);
      const sideOf = (isBeyond: (time: number) => boolean) => members.time.filter(isBeyond).length;
      return {
        ...basis,
        key: keyOf(params, label),
        ...(median === undefined
          ? {}
          : {
              sides: {
                median: { below: sideOf((time) => time < median), above: sideOf((time) => time > median) },
              },
            }),
        values: { n: basis.people, ...(median === undefined ? {} : { median }) },
      };
    }),
  };
}

function testTable(cohort: Cohort, params: SurvivalParams): ModelTable[] {
  if (cohort.groups.length < 2) return [];
  const test = logRank(cohort, cohort.code, cohort.groups.length);
  if (!test) return [];
  const fields = fieldsOfSurvival(params);
  const of = (name: string, label: string): RawMeasure => ({
    name,
    label,
    unit: '',
    statistic: 'model',
    fields,
  });
  return [
    {
      kind: 'model',
      name: 'log_rank',
      title: `Whether survival is the same for all ${params.groups}`,
      keys: [],
      measures: [of('statistic', 'chi-squared'), of('df', 'degrees of freedom'), of('p', 'p-value')],
      basis: {
        ...basisOf(cohort.input, cohort.used.rows),
        dof: cohort.used.people - cohort.groups.length,
      },
      cells: [{ key: {}, values: { ...test } }],
    },
  ];
}
