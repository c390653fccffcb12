// Wellbeing services: activity by provider with free-text case notes, outcomes that are patchy, and a survey of interest.
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

function* activity(draw: Draw, person: string): Iterable<Row> {
  const provider = draw.oneOf(PROVIDERS);
  const [code, words] = NEEDS[draw.whole(0, NEEDS.length - 1)]!;
  const isComplex = draw.isSo(provider === 'Quay' ? 0.7 : 0.3) ? 1 : 0;
  const sessions = Math.max(1, Math.round(draw.about(isComplex ? 9 : 5, 2)));
  const start = Math.round(draw.about(21, 4));
  // Outcomes are asked at the end, of those who are still there, and some are copied from the beginning.
  const isThere = draw.isSo(0.55);
  const end = draw.isSo(0.15) ? start : Math.round(start + draw.about(isComplex ? 1 : 3, 3));
  const age = draw.oneOf([
    ['18-39', 3],
    ['40-64', 4],
    ['65+', 3],
  ]);
  yield [
    ...[
      person,
      draw.oneOf([
        ['2016', 1],
        ['2017', 1],
      ]),
      provider,
      draw.oneOf([
        ['centre', 3],
        ['outreach', 2],
      ]),
    ],
    ...[age, sessions, isComplex, start, isThere ? end : '', code],
    `${person.slice(-3)}: ${words}; said "it helps", will ring again`,
  ];
}

function* interest(draw: Draw, person: string): Iterable<Row> {
  if (!draw.isSo(0.4)) return;
  const age = draw.oneOf([
    ['18-39', 3],
    ['40-64', 4],
    ['65+', 3],
  ]);
  const wellbeing = Math.min(35, Math.max(7, Math.round(draw.about(age === '65+' ? 22 : 24, 5))));
  yield [person, age, draw.isSo(age === '65+' ? 0.6 : 0.35) ? 1 : 0, wellbeing];
}

export const WELLBEING: readonly Source[] = [
  {
    name: 'service-activity',
    columns: [
      ...['participant', 'year', 'provider', 'location', 'age', 'sessions', 'complex'],
      ...['score_start', 'score_end', 'need', 'case_note'],
    ],
    records: activity,
  },
  {
    name: 'interest-in-services',
    columns: ['resident', 'age', 'interested', 'wellbeing'],
    records: interest,
  },
];
