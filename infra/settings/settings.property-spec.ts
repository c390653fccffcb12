// The generated data of the settings: the same seed gives the same bytes, and the flaws the study describes are there.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { BREAK_YEAR, FIRST_YEAR } from './education';
import { csvOf, SETTINGS } from './generating';
import type { SettingName } from './generating';
import { FIRST_CLAIMS, KEPT_FROM_MONTHS, LAST_CLAIMS } from './hardship';
import type { Source } from './source';

const settings = Object.keys(SETTINGS) as SettingName[];
const sourcesOf = (setting: SettingName): readonly Source[] => SETTINGS[setting];
const digest = (setting: SettingName, people: number, seed: number): string => {
  const hash = createHash('sha256');
  for (const source of SETTINGS[setting])
    for (const piece of csvOf(source, { people, seed })) hash.update(piece);
  return hash.digest('hex');
};

type Record_ = Readonly<Record<string, string>>;
/** Quotes hide no commas in the columns that are looked at here: free text stands last. */
function recordsOf(setting: SettingName, name: string, people = 4000): Record_[] {
  const source = sourcesOf(setting).find((each) => each.name === name)!;
  const [head = '', ...lines] = [...csvOf(source, { people, seed: 7 })].join('').trimEnd().split('\r\n');
  const names = head.split(',');
  return lines.map((line) => {
    const values = line.split(',');
    return Object.fromEntries(names.map((name, column) => [name, values[column] ?? '']));
  });
}
const share = (records: readonly Record_[], is: (record: Record_) => boolean): number =>
  records.filter(is).length / records.length;

it('the same seed gives the same bytes, another seed others', () => {
  const size = fc.record({ people: fc.integer({ min: 100, max: 400 }), seed: fc.nat(2 ** 32 - 2) });
  fc.assert(
    fc.property(fc.constantFrom(...settings), size, (setting, { people, seed }) => {
      const made = digest(setting, people, seed);
      return made === digest(setting, people, seed) && made !== digest(setting, people, seed + 1);
    }),
    { numRuns: 20 },
  );
});

it('more people are the same people and others besides', () => {
  for (const setting of settings)
    for (const source of SETTINGS[setting]) {
      const [few, more] = [150, 300].map((people) => [...csvOf(source, { people, seed: 3 })].join(''));
      expect(more?.startsWith(few ?? '-')).toBe(true);
    }
});

it('refuses sizes it does not make', () => {
  const source = SETTINGS.education[0]!;
  for (const people of [99, 1_000_001, 150.5, Number.NaN])
    expect(() => [...csvOf(source, { people, seed: 1 })]).toThrow(/100 to 1,000,000/);
  expect(() => [...csvOf(source, { people: 100, seed: -1 })]).toThrow(/seed/);
});

it('B38: registration for free school meals falls among infants from 2014 and nowhere else', () => {
  const records = recordsOf('education', 'school-census').filter(({ meals }) => meals !== '');
  const registered = (phase: string, isAfter: boolean) =>
    share(
      records.filter((each) => each.phase === phase && Number(each.year) >= BREAK_YEAR === isAfter),
      ({ meals }) => meals === '1',
    );
  expect(registered('infant', true)).toBeLessThan(0.65 * registered('infant', false));
  for (const phase of ['junior', 'secondary'])
    expect(Math.abs(registered(phase, true) - registered(phase, false))).toBeLessThan(0.04);
});

it('B35: observations are missing, and needs rise from year to year', () => {
  const records = recordsOf('education', 'school-census');
  expect(share(records, ({ meals }) => meals === '')).toBeGreaterThan(0.01);
  const needs = (year: number) =>
    share(
      records.filter((each) => each.year === String(year) && each.needs !== ''),
      (each) => each.needs === '1',
    );
  expect(needs(2017)).toBeGreaterThan(needs(FIRST_YEAR) + 0.05);
});

it('B39: short service use is lost to retention, in benefits and in community attendance', () => {
  const kept = recordsOf('financial-hardship', 'local-benefits').map(({ months }) => Number(months));
  const all = recordsOf('financial-hardship', 'employment-service').map(({ months }) => Number(months));
  expect(Math.min(...kept)).toBe(KEPT_FROM_MONTHS);
  expect(all.filter((months) => months < KEPT_FROM_MONTHS).length).toBeGreaterThan(all.length / 50);
  const visits = recordsOf('community-health', 'community-attendance').map((each) => Number(each.visits));
  expect(Math.min(...visits)).toBe(3);
});

it('B26: what is published by small area is there once for each, whoever many people there are, and rounded', () => {
  const areas = recordsOf('financial-hardship', 'area-statistics', 100);
  expect(areas).toEqual(recordsOf('financial-hardship', 'area-statistics', 4000));
  const published = areas.map(({ lsoa }) => lsoa);
  expect(new Set(published).size).toBe(areas.length);
  expect(areas.every(({ judgements }) => Number(judgements) % 5 === 0)).toBe(true);
  const lived = new Set(recordsOf('financial-hardship', 'local-benefits').map(({ lsoa }) => lsoa));
  expect([...lived].sort()).toEqual(published);
  const surgeries = recordsOf('community-health', 'surgery-profiles', 100).map(({ surgery }) => surgery);
  const registered = new Set(
    recordsOf('community-health', 'in-patient-episodes').map((each) => each.surgery),
  );
  expect([...registered].sort()).toEqual(surgeries);
});

it('B16: everybody has a year before and a year after an index date, whose admissions add up to the records of hospitals', () => {
  const episodes = recordsOf('community-health', 'in-patient-episodes', 300);
  const patients = recordsOf('community-health', 'secondary-care', 300);
  for (const { patient, attended, admissions_before, admissions_after } of patients) {
    const own = episodes.filter((each) => each.patient === patient);
    const sum = (isMeant: (each: Record_) => boolean) =>
      own.filter(isMeant).reduce((total, { admissions }) => total + Number(admissions), 0);
    const isBefore = ({ date = '', index_date = '' }: Record_) => date < index_date;
    expect(own.map((each) => each.attended)).toEqual(Array(8).fill(attended));
    expect([sum(isBefore), sum((each) => !isBefore(each))]).toEqual([
      Number(admissions_before),
      Number(admissions_after),
    ]);
  }
});

it('B36: a demographic field that never mattered is filled in carelessly', () => {
  const ethnicity = recordsOf('financial-hardship', 'local-benefits').map((each) => each.ethnicity);
  expect(ethnicity.filter((code) => code === '').length).toBeGreaterThan(ethnicity.length / 5);
  expect(ethnicity.filter((code) => code === 'A').length).toBeGreaterThan(ethnicity.length / 2);
});

it('B37 B31: outcomes are missing where activity is complete, notes are free text, one provider has harder cases', () => {
  const records = recordsOf('wellbeing', 'service-activity');
  expect(share(records, ({ score_end }) => score_end === '')).toBeGreaterThan(0.4);
  expect(share(records, ({ sessions }) => sessions === '')).toBe(0);
  expect(records.every(({ case_note }) => (case_note ?? '').split(' ').length > 2)).toBe(true);
  const complex = (provider: string) =>
    share(
      records.filter((each) => each.provider === provider),
      (each) => each.complex === '1',
    );
  expect(complex('Quay')).toBeGreaterThan(complex('Harbour') + 0.2);
});

it('B19: those who answer the survey differ from those who do not, and some will not have it linked', () => {
  const answers = recordsOf('community-health', 'illness-perceptions');
  const patients = recordsOf('community-health', 'secondary-care');
  const whoAnswered = new Set(answers.map(({ letter = '' }) => `P${letter.slice(1)}`));
  const attended = (records: Record_[]) => share(records, (each) => each.attended === '1');
  expect(answers.length).toBeLessThan(0.6 * patients.length);
  expect(attended(patients.filter(({ patient = '' }) => whoAnswered.has(patient)))).toBeGreaterThan(
    attended(patients) + 0.03,
  );
  const refused = share(answers, (each) => each.link_consent === 'no');
  expect(refused).toBeGreaterThan(0.02);
  expect(refused).toBeLessThan(0.15);
});

it('B8: patients write themselves otherwise than the hospitals’ index has them, and not everybody has a number in it', () => {
  const index = new Map(recordsOf('community-health', 'patient-index').map((each) => [each.patient, each]));
  const numbers = [...index.values()].map(({ nhs = '' }) => nhs);
  const given = numbers.filter((nhs) => nhs !== '');
  // The last digit makes the weighted sum a multiple of eleven (NHS Data Dictionary).
  const weighted = (nhs: string) => [...nhs].reduce((sum, digit, at) => sum + Number(digit) * (10 - at), 0);
  expect(given.every((nhs) => weighted(nhs) % 11 === 0)).toBe(true);
  expect(new Set(given).size).toBe(given.length);
  expect(given.length).toBeLessThan(0.95 * numbers.length);
  const answers = recordsOf('community-health', 'illness-perceptions');
  for (const name of ['forename', 'surname', 'birth', 'postcode']) {
    const other = share(answers, (each) => index.get(`P${each.letter?.slice(1)}`)?.[name] !== each[name]);
    expect(other).toBeGreaterThan(0.005);
    expect(other).toBeLessThan(0.15);
  }
});

it('B1: claims and arrears become more from year to year, most of all of people in low-paid work', () => {
  const claims = recordsOf('financial-hardship', 'local-benefits');
  const of = (year: number, work: string) =>
    claims.filter((each) => each.year === String(year) && each.work === work);
  const [first, last] = [of(FIRST_CLAIMS, 'low-paid'), of(LAST_CLAIMS, 'low-paid')];
  expect(last.length).toBeGreaterThan(1.3 * first.length);
  const isBehind = (each: Record_) => each.arrears === '1';
  expect(share(last, isBehind)).toBeGreaterThan(share(of(LAST_CLAIMS, 'none'), isBehind) + 0.1);
});

it('B16: a blood test falls after the index date among those who came, not among the others, and some were not taken', () => {
  const visits = recordsOf('community-health', 'out-patient-appointments');
  const mean = (isMeant: (each: Record_) => boolean) => {
    const tests = visits.filter((each) => each.test !== '' && isMeant(each)).map(({ test }) => Number(test));
    return tests.reduce((sum, test) => sum + test, 0) / tests.length;
  };
  const fell = (attended: string) =>
    mean(({ attended: is, date = '', index_date = '' }) => is === attended && date < index_date) -
    mean(({ attended: is, date = '', index_date = '' }) => is === attended && date > index_date);
  expect(fell('1')).toBeGreaterThan(2.5);
  expect(Math.abs(fell('0'))).toBeLessThan(0.3);
  expect(share(visits, ({ test }) => test === '')).toBeGreaterThan(0.04);
});

/** What the study's Table 1 lists for each setting, as the columns it stands in. */
const TABLE_1: Readonly<Record<SettingName, readonly (readonly [string, string, readonly string[]])[]>> = {
  'financial-hardship': [
    ['social benefit claims over time', 'local-benefits', ['year', 'months']],
    ['employment status, household composition', 'local-benefits', ['work', 'earnings', 'household']],
    ['disability status, demographic information', 'local-benefits', ['disabled', 'age', 'sex', 'ethnicity']],
    ['debt (county court judgements)', 'area-statistics', ['judgements']],
    ['household composition, social benefits claims', 'area-statistics', ['with_children', 'claims']],
    ['tax credits, income deprivation', 'area-statistics', ['tax_credits', 'income_deprived']],
  ],
  'community-health': [
    ['secondary care records', 'secondary-care', ['admissions_before', 'admissions_after']],
    ['in-patient admissions over time', 'in-patient-episodes', ['date', 'admissions']],
    ['out-patient appointments over time', 'out-patient-appointments', ['date', 'appointments']],
    ['co-morbidities, clinical test results', 'out-patient-appointments', ['conditions', 'test']],
    ['attendance at community care services', 'community-attendance', ['visits']],
    ['demographic information', 'secondary-care', ['band', 'sex', 'ethnic_code']],
    ['patient population, health checks', 'surgery-profiles', ['patients', 'health_checks']],
    ['illness perceptions, experience of services', 'illness-perceptions', ['illness_threat', 'experience']],
    ['health management behaviours (§ 4.1)', 'illness-perceptions', ['management']],
  ],
  wellbeing: [
    ['participants, dates, service location', 'service-activity', ['participant', 'began', 'location']],
    ['case notes', 'service-activity', ['case_note']],
    ['evaluation and outcomes', 'service-activity', ['score_start', 'score_end']],
    ['interest in wellbeing services', 'interest-in-services', ['interested']],
    ['measures of personal wellbeing', 'interest-in-services', ['wellbeing', 'life_satisfaction']],
    ['demographic information', 'interest-in-services', ['age', 'sex']],
    ['provider experiences', 'provider-experiences', ['workload', 'numbers_tell']],
  ],
  education: [
    ['school and academies census over time', 'school-census', ['year', 'school', 'phase', 'support']],
    ['pupil demographic information', 'school-census', ['sex', 'first_language']],
    ['educational needs and status', 'school-census', ['needs', 'status']],
    ['free school meals eligibility', 'school-census', ['meals']],
  ],
};

it.each(settings)(
  'B4: everything that Table 1 of the study lists for "%s" is generated, and varies',
  (setting) => {
    for (const [, source, columns] of TABLE_1[setting]) {
      const records = recordsOf(setting, source, 600);
      for (const column of columns)
        expect([column, new Set(records.map((each) => each[column])).size > 1]).toEqual([column, true]);
    }
  },
);
