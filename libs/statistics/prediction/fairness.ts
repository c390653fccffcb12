// Whether predictions are as good, and errors as frequent, for each group of people; differences are named.
import { basisOf } from '../design/basis';
import { codesOf } from '../design/codes';
import type {
  CellTable,
  DerivedCell,
  DerivedTable,
  MarginTable,
  RawCell,
  RawMeasure,
  RawTable,
} from '../table';
import { meanOf } from './performance';
import { AUC_MEASURES, NO, PEOPLE, performanceOf, YES } from './tables';
import type { Predicted } from './tables';

/** Counts by group, outcome and flag, and the rates, performance and differences computed from them. */
export function fairnessTables(predicted: Predicted, field: string): RawTable[] {
  const groups = groupsOf(predicted, field);
  const confusion = confusionTable(predicted, field, groups);
  return [
    confusion,
    outcomesTable(predicted, field, groups, confusion),
    groupPerformance(predicted, field, groups),
    groupErrors(predicted, field, groups),
    groupDifferences(predicted, field, groups),
  ];
}

interface Group {
  readonly label: string;
  /** Positions among the predicted. */
  readonly at: Int32Array;
}

function groupsOf({ input, rows }: Predicted, field: string): Group[] {
  const { levels, code } = codesOf(input, field, rows);
  return levels.map((label, level) => ({
    label,
    at: Int32Array.from(code.keys()).filter((at) => code[at] === level),
  }));
}

const confusionOf = (field: string) => `flags_${field}`;
const outcomesOf = (field: string) => `outcomes_${field}`;
const word = (isSo: boolean) => (isSo ? YES : NO);
const BOTH = [true, false];

function keyOf({ params }: Predicted, field: string, group: string, isEvent: boolean) {
  return { [field]: group, [params.outcome]: word(isEvent) };
}

function confusionTable(predicted: Predicted, field: string, groups: readonly Group[]): CellTable {
  const { input, rows, y, risk, params } = predicted;
  const cells = groups.flatMap(({ label, at }) =>
    BOTH.flatMap((isEvent) =>
      BOTH.map((isFlagged): RawCell => {
        const own = at.filter(
          (row) => (y[row] === 1) === isEvent && risk[row]! >= params.cutOff === isFlagged,
        );
        const rests = basisOf(
          input,
          own.map((row) => rows[row]!),
        );
        const key = { ...keyOf(predicted, field, label, isEvent), flagged: word(isFlagged) };
        return { key, ...rests, values: { n: rests.people } };
      }),
    ),
  );
  return {
    kind: 'cells',
    name: confusionOf(field),
    title: `People by ${field}, ${params.outcome}, and whether flagged (risk from ${params.cutOff})`,
    keys: [field, params.outcome, 'flagged'],
    characteristics: [field, params.outcome],
    breakdown: { flagged: [] },
    overlapping: overlaps(predicted, cells),
    measures: [PEOPLE],
    cells,
  };
}

function overlaps({ input, rows }: Predicted, cells: readonly RawCell[]): boolean {
  return cells.reduce((sum, { people }) => sum + people, 0) > basisOf(input, rows).people;
}

function outcomesTable(
  predicted: Predicted,
  field: string,
  groups: readonly Group[],
  confusion: CellTable,
): MarginTable {
  const { input, rows, y, params } = predicted;
  return {
    kind: 'margin',
    name: outcomesOf(field),
    title: `People by ${field} and ${params.outcome}`,
    keys: [field, params.outcome],
    over: confusion.name,
    overlapping: confusion.overlapping === true,
    measures: [PEOPLE],
    cells: groups.flatMap(({ label, at }) =>
      BOTH.map((isEvent) => {
        const own = at.filter((row) => (y[row] === 1) === isEvent);
        const rests = basisOf(
          input,
          own.map((row) => rows[row]!),
        );
        return { key: keyOf(predicted, field, label, isEvent), ...rests, values: { n: rests.people } };
      }),
    ),
  };
}

/** Cells of the group with and without the event. */
function fromOutcomes(predicted: Predicted, field: string, group: string): DerivedCell['from'] {
  return BOTH.map((isEvent) => ({
    table: outcomesOf(field),
    key: keyOf(predicted, field, group, isEvent),
  }));
}

function fromFlags(predicted: Predicted, field: string, group: string): DerivedCell['from'] {
  return BOTH.flatMap((isEvent) =>
    BOTH.map((isFlagged) => ({
      table: confusionOf(field),
      key: { ...keyOf(predicted, field, group, isEvent), flagged: word(isFlagged) },
    })),
  );
}

/** Performance within a group; none where fewer than two have the event, or have it not. */
function performanceIn({ y, risk, params }: Predicted, { at }: Group): Record<string, number> {
  const own = Float64Array.from(at, (row) => y[row]!);
  const risks = Float64Array.from(at, (row) => risk[row]!);
  const events = own.reduce((sum, value) => sum + value, 0);
  if (events < 2 || own.length - events < 2) return {};
  return {
    ...performanceOf(own, risks, params.level),
    predicted: meanOf(risks),
    observed: events / own.length,
  };
}

function groupPerformance(predicted: Predicted, field: string, groups: readonly Group[]): DerivedTable {
  return {
    kind: 'derived',
    name: `performance_${field}`,
    title: `How well ${predicted.params.outcome} is predicted by ${field}`,
    keys: [field],
    measures: [
      ...AUC_MEASURES,
      { name: 'predicted', label: 'mean predicted risk', unit: 'probability', statistic: 'frequency' },
      { name: 'observed', label: 'share with the event', unit: 'share', statistic: 'frequency' },
    ],
    cells: groups.map((group) => ({
      key: { [field]: group.label },
      values: performanceIn(predicted, group),
      from: fromOutcomes(predicted, field, group.label),
    })),
  };
}

const ERRORS: readonly RawMeasure[] = [
  { name: 'flagged', label: 'share flagged', unit: 'share', statistic: 'frequency' },
  {
    name: 'false_positives',
    label: 'flagged among those without the event',
    unit: 'share',
    statistic: 'frequency',
  },
  {
    name: 'false_negatives',
    label: 'not flagged among those with the event',
    unit: 'share',
    statistic: 'frequency',
  },
  { name: 'precision', label: 'with the event among those flagged', unit: 'share', statistic: 'frequency' },
];

/** Rates of errors; a rate of nobody (no one flagged, or nobody with the event) is left out. */
function errorsIn({ y, risk, params }: Predicted, { at }: Group): Record<string, number> {
  const isFlagged = (row: number) => risk[row]! >= params.cutOff;
  const flagged = at.filter(isFlagged);
  const events = at.filter((row) => y[row] === 1);
  const hits = flagged.filter((row) => y[row] === 1).length;
  const rates = {
    flagged: flagged.length / at.length,
    false_positives: (flagged.length - hits) / (at.length - events.length),
    false_negatives: (events.length - hits) / events.length,
    precision: hits / flagged.length,
  };
  return Object.fromEntries(Object.entries(rates).filter(([, rate]) => Number.isFinite(rate)));
}

function groupErrors(predicted: Predicted, field: string, groups: readonly Group[]): DerivedTable {
  return {
    kind: 'derived',
    name: `errors_${field}`,
    title: `Error rates by ${field}, flagged being a risk from ${predicted.params.cutOff}`,
    keys: [field],
    measures: [...ERRORS],
    cells: groups.map((group) => ({
      key: { [field]: group.label },
      values: errorsIn(predicted, group),
      from: fromFlags(predicted, field, group.label),
    })),
  };
}

/** Every group less the largest one: in error rates (Hardt, Price and Srebro 2016) and in discrimination. */
function groupDifferences(predicted: Predicted, field: string, groups: readonly Group[]): DerivedTable {
  const largest = groups.reduce((most, group) => (group.at.length > most.at.length ? group : most));
  const numbers = (group: Group) => ({ ...errorsIn(predicted, group), ...performanceIn(predicted, group) });
  const reference: Record<string, number> = numbers(largest);
  const measures: RawMeasure[] = [
    ...ERRORS,
    { name: 'auc', label: 'area under the ROC curve', unit: 'probability', statistic: 'frequency' },
  ];
  const cells = groups
    .filter((group) => group !== largest)
    .map((group): DerivedCell => {
      const own: Record<string, number> = numbers(group);
      const differences = measures.map(({ name }) => [name, own[name]! - reference[name]!] as const);
      return {
        key: { contrast: `${field} ${group.label} - ${largest.label}` },
        values: Object.fromEntries(differences.filter(([, value]) => Number.isFinite(value))),
        from: [group, largest].flatMap(({ label }) => [
          ...fromFlags(predicted, field, label),
          ...fromOutcomes(predicted, field, label),
        ]),
      };
    });
  return {
    kind: 'derived',
    name: `differences_${field}`,
    title: `Differences in error rates and performance by ${field}, from the largest group`,
    keys: ['contrast'],
    measures: measures.map((measure) => ({ ...measure, label: `difference: ${measure.label}` })),
    cells,
    notes: [
      'Equal error rates, equal precision and equal calibration cannot all hold where the event is not equally frequent (Kleinberg, Mullainathan and Raghavan 2017): which matters is for people to say.',
    ],
  };
}
