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

const QUARTERS = [-4, -3, -2, -1, 0, 1, 2, 3];
const QUARTER_DAYS = 91;
const DAY_MS = 24 * 60 * 60 * 1000;
const days = new Map<number, string>();

/** Few days are written for millions of records, so each is made once. */
function dayOf(since1970: number): string {
  const known = days.get(since1970);
  if (known !== undefined) return known;
  const day = new Date(since1970 * DAY_MS).toISOString().slice(0, 10);
  days.set(since1970, day);
  return day;
}
const FIRST_INDEX = Date.parse('2015-01-01T00:00:00Z') / DAY_MS;

/**
 * A record per quarter of the year before and the year after an index date: the first visit, or for whoever never came a day
 * drawn alike, so that both have a before and an after.
 */
function* episodes(draw: Draw, person: string): Iterable<Row> {
  const { band, area, conditions, before, attended, after } = patientOf(draw);
  const index = FIRST_INDEX + draw.whole(0, 364);
  const left = { before, after };
  let lastYear = 0;
  for (const quarter of QUARTERS) {
    const when = quarter < 0 ? 'before' : 'after';
    const isLast = quarter === -1 || quarter === 3;
    const admissions = isLast ? left[when] : draw.whole(0, left[when]);
    left[when] -= admissions;
    if (quarter < 0) lastYear += admissions;
    const date = index + quarter * QUARTER_DAYS + 45;
    yield [person, dayOf(index), dayOf(date), attended, band, area, conditions, lastYear, admissions];
  }
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
  {
    name: 'in-patient-episodes',
    columns: [
      ...['patient', 'index_date', 'date', 'attended', 'band', 'area', 'conditions'],
      ...['admissions_last_year', 'admissions'],
    ],
    records: episodes,
  },
  { name: 'community-attendance', columns: ['patient', 'visits'], records: attendance },
  {
    name: 'illness-perceptions',
    columns: ['patient', 'illness_threat', 'attended', 'conditions', 'area'],
    records: survey,
  },
];
