// Wellbeing services: activity by provider with free-text case notes, outcomes that are patchy, a survey of interest, and what staff experience.
import type { Draw, Row, Source } from './source';

const PROVIDERS = [
  ['Harbour', 5],
  ['Mill', 3],
  ['Quay', 2],
] as const;
const NEEDS = [
  ['isolation', 'lives alone since the winter, came with a neighbour'],
  ['debt', 'letters unopened, asked about rent'],
  ['health', 'pain most days, sleeps badly'],
] as const;
const AGES = [
  ['18-39', 3],
  ['40-64', 4],
  ['65+', 3],
] as const;
const SEXES = [
  ['F', 3],
  ['M', 2],
] as const;
const DAY_MS = 24 * 60 * 60 * 1000;
const FIRST_DAY = Date.parse('2016-01-04T00:00:00Z') / DAY_MS;
const DAYS = 725;

const dayOf = (since1970: number): string => new Date(since1970 * DAY_MS).toISOString().slice(0, 10);
const within = (value: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, Math.round(value)));

function* activity(draw: Draw, person: string): Iterable<Row> {
  const provider = draw.oneOf(PROVIDERS);
  const [code, words] = NEEDS[draw.whole(0, NEEDS.length - 1)]!;
  const isComplex = draw.isSo(provider === 'Quay' ? 0.7 : 0.3) ? 1 : 0;
  const sessions = Math.max(1, Math.round(draw.about(isComplex ? 9 : 5, 2)));
  const start = Math.round(draw.about(21, 4));
  // Outcomes are asked at the end, of those who are still there, and some are copied from the beginning.
  const isThere = draw.isSo(0.55);
  const end = draw.isSo(0.15) ? start : Math.round(start + draw.about(isComplex ? 1 : 3, 3));
  const began = dayOf(FIRST_DAY + draw.whole(0, DAYS));
  const location = draw.oneOf([
    ['centre', 3],
    ['outreach', 2],
  ]);
  yield [
    ...[person, began, began.slice(0, 4), provider, location, draw.oneOf(AGES), draw.oneOf(SEXES)],
    ...[sessions, isComplex, start, isThere ? end : '', code],
    `${person.slice(-3)}: ${words}; said "it helps", will ring again`,
  ];
}

function* interest(draw: Draw, person: string): Iterable<Row> {
  if (!draw.isSo(0.4)) return;
  const age = draw.oneOf(AGES);
  const wellbeing = within(draw.about(age === '65+' ? 22 : 24, 5), 7, 35);
  const satisfaction = within(draw.about(7 + 0.15 * (wellbeing - 23), 1.5), 0, 10);
  yield [
    ...[person, age, draw.oneOf(SEXES), draw.isSo(age === '65+' ? 0.6 : 0.35) ? 1 : 0, wellbeing],
    draw.unlessMissing(satisfaction, 0.05),
  ];
}

/** Everybody who delivers the services, and is asked. */
export const STAFF = 140;

/** Whoever works outreach has the heavier cases; not everybody answers, nor everything. */
function* experiences(draw: Draw, _person: string, at: number): Iterable<Row> {
  if (!draw.isSo(0.65)) return;
  const provider = draw.oneOf(PROVIDERS);
  const location = draw.isSo(provider === 'Quay' ? 0.65 : 0.4) ? 'outreach' : 'centre';
  const workload = within(draw.about(location === 'outreach' ? 4 : 3, 0.8), 1, 5);
  const numbersTell = within(draw.about(location === 'outreach' ? 1.9 : 2.7, 0.9), 1, 5);
  yield [
    ...[`S${String(at + 1).padStart(4, '0')}`, provider, location, draw.whole(0, 20), workload],
    draw.unlessMissing(numbersTell, 0.05),
  ];
}

export const WELLBEING: readonly Source[] = [
  {
    name: 'service-activity',
    columns: [
      ...['participant', 'began', 'year', 'provider', 'location', 'age', 'sex', 'sessions', 'complex'],
      ...['score_start', 'score_end', 'need', 'case_note'],
    ],
    records: activity,
  },
  {
    name: 'interest-in-services',
    columns: ['resident', 'age', 'sex', 'interested', 'wellbeing', 'life_satisfaction'],
    records: interest,
  },
  {
    name: 'provider-experiences',
    columns: ['member', 'provider', 'location', 'years', 'workload', 'numbers_tell'],
    things: STAFF,
    records: experiences,
  },
];
