// Financial hardship: benefit claims year by year as the council keeps them (short ones are gone), with demographics nobody ever checked.
import type { Draw, Row, Source } from './source';

export const FIRST_CLAIMS = 2010;
export const LAST_CLAIMS = 2017;
const AREAS = 40;
/** A claim that ended within this many months was removed with the account. */
export const KEPT_FROM_MONTHS = 4;

/** Everybody in the area draws the same burden: small areas differ, not only the people in them. */
const burdenOf = (area: number): number => ((area * 37) % AREAS) / AREAS;
const lsoa = (area: number): string => `E010${String(15000 + area)}`;

interface Claimant {
  readonly area: number;
  readonly age: string;
  readonly sex: string;
  readonly work: string;
  readonly household: string;
  readonly disabled: number;
}

/** Drawn first, and in this order, in every source: a claimant is the same person in each. */
function claimantOf(draw: Draw): Claimant {
  const area = draw.whole(1, AREAS);
  const work = draw.oneOf([
    ['low-paid', 4],
    ['none', 4],
    ['retired', 2],
  ]);
  const household = draw.oneOf([
    ['single', 4],
    ['couple', 2],
    ['children', 4],
  ]);
  const disabled = draw.isSo(work === 'none' ? 0.35 : 0.15) ? 1 : 0;
  const ofWorkingAge = draw.isSo(0.4) ? '18-34' : '35-64';
  const sex = draw.oneOf([
    ['F', 1],
    ['M', 1],
  ]);
  return { area, age: work === 'retired' ? '65+' : ofWorkingAge, sex, work, household, disabled };
}

/** What a year was like: work comes and goes, more of those in low-paid work claim than before the downturn, for longer. */
interface Year {
  readonly year: number;
  readonly work: string;
  readonly isClaiming: boolean;
  readonly months: number;
  readonly arrears: number;
}

function* yearsOf(draw: Draw, { area, work, household }: Claimant): Iterable<Year> {
  let status = work;
  for (let year = FIRST_CLAIMS; year <= LAST_CLAIMS; year++) {
    const isTurning = draw.isSo(0.08);
    if (isTurning && status !== 'retired') status = status === 'none' ? 'low-paid' : 'none';
    const isWorking = status === 'low-paid';
    const isClaiming = draw.isSo(isWorking ? 0.45 + 0.04 * (year - FIRST_CLAIMS) : 0.75);
    const months = isWorking ? draw.whole(1, 6) + draw.whole(0, 7) : draw.whole(4, 14) + draw.whole(0, 14);
    const risk = 0.02 + 0.2 * burdenOf(area) + (isWorking ? 0.16 : 0) + (household === 'children' ? 0.06 : 0);
    const arrears = draw.isSo(risk + 0.005 * (year - FIRST_CLAIMS)) ? 1 : 0;
    yield { year, work: status, isClaiming, months, arrears };
  }
}

function* benefits(draw: Draw, person: string): Iterable<Row> {
  const claimant = claimantOf(draw);
  const { area, age, sex, household, disabled } = claimant;
  const years = [...yearsOf(draw, claimant)];
  // Never needed for eligibility, so whoever typed took the first of the list.
  const ethnicity = draw.oneOf([
    ['A', 7],
    ['B', 1],
    ['C', 1],
    ['', 3],
  ]);
  for (const { year, work, isClaiming, months, arrears } of years) {
    const earnings =
      work === 'low-paid'
        ? draw.oneOf([
            ['1-99', 3],
            ['100-199', 4],
            ['200+', 2],
          ])
        : '0';
    if (isClaiming && months >= KEPT_FROM_MONTHS)
      yield [
        ...[person, year, lsoa(area), age, sex, work, household, disabled],
        ...[months, arrears, earnings, ethnicity],
      ];
  }
}

/** What the national body keeps of the last year: every claim of people of working age, the short ones too. */
function* claims(draw: Draw, person: string): Iterable<Row> {
  const claimant = claimantOf(draw);
  const last = [...yearsOf(draw, claimant)].at(-1)!;
  if (last.work !== 'retired' && last.isClaiming) yield [person, lsoa(claimant.area), last.work, last.months];
}

/** Published by small area: people per thousand, rounded to the nearest five as the publisher does. */
function* areas(draw: Draw, _person: string, at: number): Iterable<Row> {
  const burden = burdenOf(at + 1);
  const perThousand = (share: number) => 5 * Math.round((1000 * share) / 5);
  yield [
    ...[lsoa(at + 1), perThousand(0.01 + 0.09 * burden), perThousand(draw.about(0.28, 0.03))],
    ...[perThousand(0.08 + 0.15 * burden), perThousand(0.12 + 0.1 * burden)],
    perThousand(0.05 + 0.3 * burden),
  ];
}

export const HARDSHIP: readonly Source[] = [
  {
    name: 'local-benefits',
    columns: [
      ...['claimant', 'year', 'lsoa', 'age', 'sex', 'work', 'household', 'disabled'],
      ...['months', 'arrears', 'earnings', 'ethnicity'],
    ],
    records: benefits,
  },
  { name: 'employment-service', columns: ['claimant', 'lsoa', 'work', 'months'], records: claims },
  {
    name: 'area-statistics',
    columns: ['lsoa', 'judgements', 'with_children', 'claims', 'tax_credits', 'income_deprived'],
    things: AREAS,
    records: areas,
  },
];
