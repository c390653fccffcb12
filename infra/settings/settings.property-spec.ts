// The generated data of the settings: the same seed gives the same bytes, and the flaws the study describes are there.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { BREAK_YEAR, FIRST_YEAR } from './education';
import { csvOf, SETTINGS } from './generating';
import type { SettingName } from './generating';
import { KEPT_FROM_MONTHS } from './hardship';

const settings = Object.keys(SETTINGS) as SettingName[];
const digest = (setting: SettingName, people: number, seed: number): string => {
  const hash = createHash('sha256');
  for (const source of SETTINGS[setting])
    for (const piece of csvOf(source, { people, seed })) hash.update(piece);
  return hash.digest('hex');
};

type Record_ = Readonly<Record<string, string>>;
/** Quotes hide no commas in the columns that are looked at here: free text stands last. */
function recordsOf(setting: SettingName, at = 0, people = 4000): Record_[] {
  const source = SETTINGS[setting][at]!;
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
  const records = recordsOf('education').filter(({ meals }) => meals !== '');
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
  const records = recordsOf('education');
  expect(share(records, ({ meals }) => meals === '')).toBeGreaterThan(0.01);
  const needs = (year: number) =>
    share(
      records.filter((each) => each.year === String(year) && each.needs !== ''),
      (each) => each.needs === '1',
    );
  expect(needs(2017)).toBeGreaterThan(needs(FIRST_YEAR) + 0.05);
});

it('B39: short service use is lost to retention, in benefits and in community attendance', () => {
  const kept = recordsOf('financial-hardship').map(({ months }) => Number(months));
  const all = recordsOf('financial-hardship', 1).map(({ months }) => Number(months));
  expect(Math.min(...kept)).toBe(KEPT_FROM_MONTHS);
  expect(all.filter((months) => months < KEPT_FROM_MONTHS).length).toBeGreaterThan(all.length / 50);
  const visits = recordsOf('community-health', 2).map((each) => Number(each.visits));
  expect(Math.min(...visits)).toBe(3);
});

it('B26: what is published by small area is there once for each, whoever many people there are, and rounded', () => {
  const areas = recordsOf('financial-hardship', 2, 100);
  expect(areas).toEqual(recordsOf('financial-hardship', 2, 4000));
  expect(new Set(areas.map(({ lsoa }) => lsoa)).size).toBe(areas.length);
  expect(areas.every(({ judgements }) => Number(judgements) % 5 === 0)).toBe(true);
});

it('B16: everybody has a year before and a year after an index date, whose admissions add up to the records of hospitals', () => {
  const episodes = recordsOf('community-health', 1, 300);
  const patients = recordsOf('community-health', 0, 300);
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
  const ethnicity = recordsOf('financial-hardship').map((each) => each.ethnicity);
  expect(ethnicity.filter((code) => code === '').length).toBeGreaterThan(ethnicity.length / 5);
  expect(ethnicity.filter((code) => code === 'A').length).toBeGreaterThan(ethnicity.length / 2);
});

it('B37 B31: outcomes are missing where activity is complete, notes are free text, one provider has harder cases', () => {
  const records = recordsOf('wellbeing');
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

it('B19: those who answer the survey differ from those who do not', () => {
  const [patients, answers] = [recordsOf('community-health'), recordsOf('community-health', 3)];
  const attended = (records: Record_[]) => share(records, (each) => each.attended === '1');
  expect(answers.length).toBeLessThan(0.6 * patients.length);
  expect(attended(answers)).toBeGreaterThan(attended(patients) + 0.03);
});
