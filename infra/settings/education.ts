// School census: a record per pupil and year. Needs rise; eligibility for free meals stays, but fewer infants' parents register from 2014.
import type { Draw, Row, Source } from './source';

export const FIRST_YEAR = 2010;
export const LAST_YEAR = 2017;
/** Universal infant free school meals: parents of infants need not register any more. */
export const BREAK_YEAR = 2014;

const PHASES = [
  { name: 'infant', from: 5 },
  { name: 'junior', from: 7 },
  { name: 'secondary', from: 11 },
] as const;
const SCHOOL_AGE = { from: 5, to: 15 } as const;

const phaseAt = (age: number) => PHASES.findLast(({ from }) => age >= from)?.name ?? 'infant';

function* records(draw: Draw, pupil: string): Iterable<Row> {
  const born = draw.whole(FIRST_YEAR - SCHOOL_AGE.to, LAST_YEAR - SCHOOL_AGE.from);
  const isPoor = draw.isSo(0.17);
  const sex = draw.oneOf([
    ['F', 1],
    ['M', 1],
  ]);
  const isAcademy = draw.isSo(0.45);
  const needsDraw = draw.whole(1, 1000);
  const language = draw.oneOf([
    ['english', 9],
    ['other', 1],
  ]);
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) {
    const age = year - born;
    if (age < SCHOOL_AGE.from || age > SCHOOL_AGE.to) continue;
    const phase = phaseAt(age);
    const isUnregistered = phase === 'infant' && year >= BREAK_YEAR && draw.isSo(0.5);
    const meals = isPoor && !isUnregistered ? 1 : 0;
    // One pupil in eight has needs at first, one in five at the end; from 2015 academies record somewhat more.
    const share = 125 + 11 * (year - FIRST_YEAR) + (isAcademy && year >= 2015 ? 15 : 0);
    const hasNeeds = needsDraw <= share ? 1 : 0;
    const school = isAcademy ? 'academy' : 'maintained';
    // What is recorded of needs: help in class, or a plan of the local authority.
    const hasPlan = hasNeeds === 1 && needsDraw % 5 === 0;
    const status = hasPlan ? 'plan' : hasNeeds === 1 ? 'help' : 'none';
    const asked = draw.oneOf([
      ['yes', hasNeeds ? 5 : 1],
      ['no', 4],
    ]);
    const isNeedKnown = !draw.isSo(0.02);
    yield [
      ...[pupil, year, phase, school, sex, draw.unlessMissing(language, 0.04)],
      ...[draw.unlessMissing(meals, 0.02), isNeedKnown ? hasNeeds : '', isNeedKnown ? status : '', asked],
    ];
  }
}

export const EDUCATION: readonly Source[] = [
  {
    name: 'school-census',
    columns: [
      ...['pupil', 'year', 'phase', 'school', 'sex', 'first_language'],
      ...['meals', 'needs', 'status', 'support'],
    ],
    records,
  },
];
