// Community health: hospital records of patients with and without community care, their surgeries, and a survey that only some answer.
import { identityOf, written } from './identity';
import type { Draw, Row, Source } from './source';

const BANDS = [
  ['40-59', 3],
  ['60-74', 4],
  ['75+', 3],
] as const;
/** Years of birth of each band, at the index year. */
const BORN: Readonly<Record<string, readonly [number, number]>> = {
  '40-59': [1956, 1974],
  '60-74': [1941, 1954],
  '75+': [1922, 1939],
};
const SURGERIES = { town: [1, 12], coast: [13, 19], villages: [20, 24] } as const;
const SURGERY_COUNT = 24;
export const surgeryCode = (number: number): string => `Y00${String(number).padStart(3, '0')}`;

interface Patient {
  readonly band: string;
  readonly sex: string;
  readonly area: string;
  readonly conditions: number;
  readonly before: number;
  readonly attended: number;
  readonly after: number;
  readonly surgery: string;
}

/** Some surgeries check more of their patients than others, and on the coast fewer do: per thousand of those invited. */
const checkedAt = (surgery: number): number =>
  350 + ((surgery * 53) % 240) - (surgery >= SURGERIES.coast[0] && surgery <= SURGERIES.coast[1] ? 80 : 0);

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
  const [firstSurgery, lastSurgery] = SURGERIES[area];
  const surgery = draw.whole(firstSurgery, lastSurgery);
  const conditions = draw.whole(0, 4);
  const before = Math.max(0, Math.round(draw.about(0.4 + 0.5 * conditions, 0.8)));
  // Fewer come from the coast and of the eldest; the sicker, and those whose surgery checks more, are sent more often.
  const away = (area === 'coast' ? 0.15 : 0) + (band === '75+' ? 0.1 : 0);
  const sent = 0.06 * conditions + (0.2 * (checkedAt(surgery) - 400)) / 1000;
  const attended = draw.isSo(0.3 + sent - away) ? 1 : 0;
  const after = Math.max(
    0,
    Math.round(draw.about(0.5 + 0.45 * conditions + 0.2 * before - 0.5 * attended, 0.8)),
  );
  return { band, sex, area, conditions, before, attended, after, surgery: surgeryCode(surgery) };
}

function* hospital(draw: Draw, person: string): Iterable<Row> {
  const { band, sex, area, conditions, before, attended, after, surgery } = patientOf(draw);
  // Nobody's care depended on it, so whoever typed took the first of the list.
  const ethnicity = draw.oneOf([
    ['A', 8],
    ['Z', 2],
  ]);
  yield [person, band, sex, area, surgery, conditions, before, attended, after, ethnicity];
}

/** Whom the hospitals' index of patients names, and by which number; some have none in it. */
function* index(draw: Draw, person: string, at: number): Iterable<Row> {
  const { band, sex } = patientOf(draw);
  const { nhs, forename, surname, birth, postcode } = identityOf(draw, at, BORN[band]!);
  yield [person, draw.unlessMissing(nhs, 0.03), forename, surname, birth, sex, postcode];
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
const indexOf = (draw: Draw): number => FIRST_INDEX + draw.whole(0, 364);
const dateIn = (index: number, quarter: number): string => dayOf(index + quarter * QUARTER_DAYS + 45);

/**
 * A record per quarter of the year before and the year after an index date: the first visit, or for whoever never came a day
 * drawn alike, so that both have a before and an after.
 */
function* episodes(draw: Draw, person: string): Iterable<Row> {
  const { band, area, conditions, before, attended, after, surgery } = patientOf(draw);
  const index = indexOf(draw);
  const left = { before, after };
  let lastYear = 0;
  for (const quarter of QUARTERS) {
    const when = quarter < 0 ? 'before' : 'after';
    const isLast = quarter === -1 || quarter === 3;
    const admissions = isLast ? left[when] : draw.whole(0, left[when]);
    left[when] -= admissions;
    if (quarter < 0) lastYear += admissions;
    yield [
      ...[person, dayOf(index), dateIn(index, quarter), attended, band, area, surgery, conditions],
      ...[lastYear, admissions],
    ];
  }
}

/** What a blood test says at each out-patient visit, beside the last one; conditions come to be known as time goes by. */
function* outpatients(draw: Draw, person: string): Iterable<Row> {
  const { band, area, conditions: first, attended } = patientOf(draw);
  const index = indexOf(draw);
  const usual = Math.round(draw.about(48 + 4 * first, 5));
  let conditions = first;
  let last = usual;
  for (const quarter of QUARTERS) {
    const appointments = draw.whole(0, 1 + first);
    const test = Math.round(draw.about(usual - (quarter >= 0 ? 3 * attended : 0), 3));
    const isTaken = !draw.isSo(0.07);
    yield [
      ...[person, dayOf(index), dateIn(index, quarter), attended, band, area, conditions],
      ...[appointments, last, isTaken ? test : ''],
    ];
    if (isTaken) last = test;
    if (draw.isSo(0.03)) conditions += 1;
  }
}

/** What a provider keeps: only those who are still patients; whoever came once or twice is gone. */
function* attendance(draw: Draw, person: string): Iterable<Row> {
  if (!patientOf(draw).attended) return;
  const visits = draw.whole(1, 12);
  if (visits > 2) yield [person, visits];
}

/** Within the scale, whatever was drawn. */
const scored = (value: number, [least, most]: readonly [number, number]): number =>
  Math.min(most, Math.max(least, Math.round(value)));

/** Everybody is invited; the sicker and those who never came answer less, some stop before the end, and not everybody lets it be linked. */
function* survey(draw: Draw, person: string, at: number): Iterable<Row> {
  const { band, attended, conditions } = patientOf(draw);
  const identity = identityOf(draw, at, BORN[band]!);
  if (!draw.isSo(0.35 + 0.2 * attended - 0.03 * conditions)) return;
  const threat = scored(draw.about(38 + 3 * conditions - 4 * attended, 9), [0, 80]);
  const management = scored(draw.about(62 - 0.3 * threat + 5 * attended, 12), [0, 96]);
  const experience = scored(draw.about(4 - 1.2 * attended, 2.5), [0, 15]);
  const consents = draw.isSo(0.93) ? 'yes' : 'no';
  // Under the number of the letter: whoever asked does not know the hospitals' numbers.
  yield [
    `L${person.slice(1)}`,
    ...written(draw, identity),
    ...[consents, threat, draw.unlessMissing(management, 0.15), draw.unlessMissing(experience, 0.15)],
  ];
}

/** Published by surgery: how many patients, how many of them old, how many of those invited came to a health check. */
function* profiles(draw: Draw, _person: string, at: number): Iterable<Row> {
  const [patients, old] = [draw.whole(40, 180) * 100, draw.whole(140, 320)];
  yield [surgeryCode(at + 1), patients, old, checkedAt(at + 1)];
}

export const HEALTH: readonly Source[] = [
  {
    name: 'secondary-care',
    columns: [
      ...['patient', 'band', 'sex', 'area', 'surgery', 'conditions', 'admissions_before', 'attended'],
      ...['admissions_after', 'ethnic_code'],
    ],
    records: hospital,
  },
  {
    name: 'in-patient-episodes',
    columns: [
      ...['patient', 'index_date', 'date', 'attended', 'band', 'area', 'surgery', 'conditions'],
      ...['admissions_last_year', 'admissions'],
    ],
    records: episodes,
  },
  {
    name: 'out-patient-appointments',
    columns: [
      ...['patient', 'index_date', 'date', 'attended', 'band', 'area', 'conditions'],
      ...['appointments', 'last_test', 'test'],
    ],
    records: outpatients,
  },
  { name: 'community-attendance', columns: ['patient', 'visits'], records: attendance },
  {
    name: 'patient-index',
    columns: ['patient', 'nhs', 'forename', 'surname', 'birth', 'sex', 'postcode'],
    records: index,
  },
  {
    name: 'illness-perceptions',
    columns: [
      ...['letter', 'forename', 'surname', 'birth', 'postcode', 'link_consent'],
      ...['illness_threat', 'management', 'experience'],
    ],
    records: survey,
  },
  {
    name: 'surgery-profiles',
    columns: ['surgery', 'patients', 'over_65', 'health_checks'],
    things: SURGERY_COUNT,
    records: profiles,
  },
];
