// Financial hardship: benefit claims as the council keeps them (short ones are gone), with demographics nobody ever checked.
import type { Draw, Row, Source } from './source';

const AREAS = 40;
/** A claim that ended within this many months was removed with the account. */
export const KEPT_FROM_MONTHS = 4;

/** Everybody in the area draws the same burden: small areas differ, not only the people in them. */
const burdenOf = (area: number): number => ((area * 37) % AREAS) / AREAS;

interface Claimant {
  readonly area: number;
  readonly work: string;
  readonly household: string;
  readonly disabled: number;
  readonly months: number;
  readonly arrears: number;
}

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
  const months = Math.max(1, Math.round(draw.about(work === 'low-paid' ? 7 : 16, 5)));
  const risk =
    0.06 + 0.2 * burdenOf(area) + (work === 'low-paid' ? 0.16 : 0) + (household === 'children' ? 0.06 : 0);
  return { area, work, household, disabled, months, arrears: draw.isSo(risk) ? 1 : 0 };
}

const lsoa = (area: number): string => `E010${String(15000 + area)}`;

function* benefits(draw: Draw, person: string): Iterable<Row> {
  const { area, work, household, disabled, months, arrears } = claimantOf(draw);
  if (months < KEPT_FROM_MONTHS) return;
  const earnings =
    work === 'low-paid'
      ? draw.oneOf([
          ['1-99', 3],
          ['100-199', 4],
          ['200+', 2],
        ])
      : '0';
  // Never needed for eligibility, so whoever typed took the first of the list.
  const ethnicity = draw.oneOf([
    ['A', 7],
    ['B', 1],
    ['C', 1],
    ['', 3],
  ]);
  yield [
    ...[person, lsoa(area), work, household, disabled, months, arrears, earnings],
    ...[Math.round(100 * burdenOf(area)), ethnicity],
  ];
}

function* claims(draw: Draw, person: string): Iterable<Row> {
  const { area, work, months } = claimantOf(draw);
  if (work !== 'retired') yield [person, lsoa(area), work, months];
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
      ...['claimant', 'lsoa', 'work', 'household', 'disabled', 'months', 'arrears', 'earnings'],
      ...['area_judgements', 'ethnicity'],
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
