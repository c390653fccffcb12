// Who takes part in the story of community health services, and what of hospital records, surgeries and survey is asked for.
import type { Limits } from '../opening';
import { castOf } from '../telling';
import type { Asked } from '../telling';

export const CAST = castOf(
  'community-health',
  {
    university: 'Northfield University',
    council: 'Westmere Council',
    health: 'Westmere Health Commissioner',
    provider: 'Harbour Community Care',
    authority: 'Northern Statistics Authority',
    panel: 'Westmere Patients’ Panel',
  },
  {
    lead: ['Amara Nwosu', 'project lead', 'university', ['projectLead', 'researcher', 'registrar']],
    researcher: ['Jonas Lindqvist', 'researcher', 'university', ['researcher', 'signatory']],
    colleague: ['Mei Tanaka', 'researcher', 'university', ['researcher']],
    official: ['Robin Carter', 'policy official', 'council', ['policyOfficial', 'registrar', 'signatory']],
    checker: ['Priya Raman', 'output checker', 'council', ['outputChecker', 'ethicsReviewer']],
    surveyor: [
      ...(['Ivy Marsh', 'head of public health surveys', 'council'] as const),
      ['dataHolder', 'dataCustodian'],
    ],
    councilRisk: ['Owen Price', 'information risk owner', 'council', ['informationRiskOwner']],
    linker: ['Kofi Asante', 'linker', 'authority', ['linker', 'registrar']],
    commissioner: ['Nadia Rahman', 'commissioner', 'health', ['policyOfficial', 'registrar', 'signatory']],
    holder: ['Tom Oliveira', 'data holder', 'health', ['dataHolder', 'dataCustodian']],
    guardian: ['Helen Fairweather', 'Caldicott Guardian', 'health', ['informationRiskOwner']],
    clinic: [
      ...(['Sam Okoro', 'manager of clinics', 'provider'] as const),
      ['serviceProvider', 'dataHolder', 'dataCustodian', 'registrar'],
    ],
    clinicRisk: ['Ana Costa', 'information risk owner', 'provider', ['informationRiskOwner']],
    lay: ['Grace Mensah', 'lay member', 'panel', ['layMember', 'registrar']],
  },
);

export const PURPOSE = 'why take-up of community health services is low';
const METHODS = ['crosstab', 'descriptive', 'matching'];
export const RECORDS = [
  { name: 'band', type: 'category', codes: ['40-59', '60-74', '75+'] },
  { name: 'area', type: 'category', codes: ['town', 'coast', 'villages'] },
  { name: 'conditions', type: 'integer', min: 0, max: 20 },
  { name: 'admissions_before', type: 'integer', min: 0 },
  { name: 'attended', type: 'integer', min: 0, max: 1 },
  { name: 'admissions_after', type: 'integer', min: 0 },
];
const SURGERY = {
  ...{ name: 'surgery', type: 'category' },
  codes: Array.from({ length: 24 }, (_, at) => `Y00${String(at + 1).padStart(3, '0')}`),
};
const DATED = [
  { name: 'index_date', type: 'date' },
  { name: 'date', type: 'date' },
  { name: 'attended', type: 'integer', min: 0, max: 1 },
  { name: 'band', type: 'category', codes: ['40-59', '60-74', '75+'] },
  { name: 'area', type: 'category', codes: ['town', 'coast', 'villages'] },
  { name: 'conditions', type: 'integer', min: 0, max: 20 },
];
const STAYS = [
  ...[...DATED, SURGERY],
  { name: 'admissions_last_year', type: 'integer', min: 0 },
  { name: 'admissions', type: 'integer', min: 0 },
];
const VISITS = [
  ...DATED,
  { name: 'appointments', type: 'integer', min: 0 },
  { name: 'last_test', type: 'integer', min: 0, max: 200 },
  { name: 'test', type: 'integer', min: 0, max: 200 },
];
export const ATTENDANCE = [{ name: 'visits', type: 'integer', min: 0 }];
const ANSWERS = [
  { name: 'illness_threat', type: 'integer', min: 0, max: 80 },
  { name: 'management', type: 'integer', min: 0, max: 96 },
  { name: 'experience', type: 'integer', min: 0, max: 15 },
];
/** The scales that were put together, and what each gives. */
export const INSTRUMENT = [
  {
    ...{ name: 'Brief Illness Perception Questionnaire', fields: ['illness_threat'] },
    reference: 'Broadbent and others 2006, Journal of Psychosomatic Research 60.',
  },
  {
    ...{ name: 'Partners in Health scale', fields: ['management'] },
    reference: 'Petkov and others 2010, Quality of Life Research 19.',
  },
  {
    ...{ name: 'Picker Patient Experience Questionnaire', fields: ['experience'] },
    reference: 'Jenkinson and others 2002, International Journal for Quality in Health Care 14.',
  },
];

const of = (source: string, holder: string, fields: readonly { name: string }[], why: string): Asked => ({
  ...{ holder, source, fields, purpose: PURPOSE, methods: METHODS, why },
});
export const HOSPITAL = of(
  'secondary care',
  'health',
  RECORDS,
  'Who comes to community care, and who is admitted.',
);
export const EPISODES: Asked = {
  ...of(
    'in-patient episodes',
    'health',
    STAYS,
    'Admissions of a year before and a year after the day from which somebody came, or might have.',
  ),
  tier: 'LINKED_DEIDENTIFIED',
  detail: [{ field: 'surgery', period: null, granularity: { level: 'ORGANISATION', vintage: null } }],
};
export const OUTPATIENTS = of(
  'out-patient appointments',
  'health',
  VISITS,
  'Blood tests of the same two years, which say what admissions cannot.',
);
export const CLINICS = of('community attendance', 'provider', ATTENDANCE, 'How often people come.');
export const PERCEPTIONS: Asked = {
  ...of(
    'illness perceptions',
    'council',
    ANSWERS,
    'What patients think of their illness, do about it, and met with.',
  ),
  tier: 'LINKED_DEIDENTIFIED',
};
/** Published of every surgery: its patients, and per thousand how many are old and how many came to be checked. */
export const SURGERIES = {
  source: 'surgery profiles',
  fields: [
    SURGERY,
    { name: 'patients', type: 'integer', min: 0 },
    ...['over_65', 'health_checks'].map((name) => ({ name, type: 'integer', min: 0, max: 1000 })),
  ],
  by: 'holder',
};

const sourceOf = ({ source, holder, fields }: Asked) => ({
  ...{ source, holder, fields: fields.map((field) => (field as { name: string }).name) },
});
export const LIMITS: Limits = {
  ...{ purposes: [PURPOSE], methods: METHODS, tier: 'DEIDENTIFIED', exposed: ['health', 'provider'] },
  sources: [sourceOf(HOSPITAL), sourceOf(CLINICS)],
  ...{ legal: ['guardian', 'clinicRisk'], ethical: ['checker', 'lay', 'holder', 'clinic'] },
  special: 'Health, for statistical purposes, with safeguards.',
};
/** Freshly signed once the survey is planned: it is linked to records by the consent of those who answer. */
export const WITH_SURVEY: Limits = {
  ...LIMITS,
  ...{
    sources: [EPISODES, OUTPATIENTS, PERCEPTIONS].map(sourceOf),
    linkage: true,
    tier: 'LINKED_DEIDENTIFIED',
  },
  ...{ legal: ['guardian', 'councilRisk'], ethical: ['checker', 'lay', 'holder', 'surveyor'] },
};
