// Community health: hospital records of patients with and without community care, and a survey that only some answer.
import type { Draw, Row, Source } from './source';

const BANDS = [
  ['40-59', 3],
  ['60-74', 4],
  ['75+', 3],
] as const;

interface Patient {
  readonly band: string;
  readonly sex: string;
  readonly area: string;
  readonly conditions: number;
  readonly before: number;
  readonly attended: number;
  readonly after: number;
  readonly test: number;
}

/** Drawn first, and in this order, in every source: a patient is the same person in each. */
function patientOf(draw: Draw): Patient {
  const band = draw.oneOf(BANDS);
  const sex = draw.oneOf([
    ['F', 1],
    ['M', 1],
  ]);
  const area = draw.oneOf([
    ['town', 5],
    ['coast', 3],
    ['villages', 2],
  ]);
  const conditions = draw.whole(0, 4);
  const before = Math.max(0, Math.round(draw.about(0.4 + 0.5 * conditions, 0.8)));
  // Fewer come from the coast and of the eldest; the sicker are sent more often.
  const away = (area === 'coast' ? 0.15 : 0) + (band === '75+' ? 0.1 : 0);
  const attended = draw.isSo(0.3 + 0.06 * conditions - away) ? 1 : 0;
  const after = Math.max(
    0,
    Math.round(draw.about(0.5 + 0.45 * conditions + 0.2 * before - 0.5 * attended, 0.8)),
  );
  const test = Math.round(draw.about(48 + 4 * conditions - 3 * attended, 6));
  return { band, sex, area, conditions, before, attended, after, test };
}

function* hospital(draw: Draw, person: string): Iterable<Row> {
  const { band, sex, area, conditions, before, attended, after, test } = patientOf(draw);
  yield [
    ...[person, band, sex, area, conditions, before, attended],
    ...[
      after,
      draw.unlessMissing(test, 0.07),
      draw.oneOf([
        ['A', 8],
        ['Z', 2],
      ]),
    ],
  ];
}

/** What a provider keeps: only those who are still patients; whoever came once or twice is gone. */
function* attendance(draw: Draw, person: string): Iterable<Row> {
  if (!patientOf(draw).attended) return;
  const visits = draw.whole(1, 12);
  if (visits > 2) yield [person, visits];
}

/** Everybody is invited; the sicker and those who never came answer less. */
function* survey(draw: Draw, person: string): Iterable<Row> {
  const { attended, conditions, area } = patientOf(draw);
  if (!draw.isSo(0.35 + 0.2 * attended - 0.03 * conditions)) return;
  const threat = Math.min(80, Math.max(0, Math.round(draw.about(38 + 3 * conditions - 4 * attended, 9))));
  yield [person, threat, attended, conditions, area];
}

export const HEALTH: readonly Source[] = [
  {
    name: 'secondary-care',
    columns: [
      ...['patient', 'band', 'sex', 'area', 'conditions', 'admissions_before', 'attended'],
      ...['admissions_after', 'test', 'ethnic_code'],
    ],
    records: hospital,
  },
  { name: 'community-attendance', columns: ['patient', 'visits'], records: attendance },
  {
    name: 'illness-perceptions',
    columns: ['patient', 'illness_threat', 'attended', 'conditions', 'area'],
    records: survey,
  },
];
