// Who takes part in the story of community health services, and what of hospital records and survey is asked for.
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
    panel: 'Westmere Patients’ Panel',
  },
  {
    lead: ['Amara Nwosu', 'project lead', 'university', ['projectLead', 'researcher', 'registrar']],
    researcher: ['Jonas Lindqvist', 'researcher', 'university', ['researcher', 'signatory']],
    colleague: ['Mei Tanaka', 'researcher', 'university', ['researcher']],
    official: ['Robin Carter', 'policy official', 'council', ['policyOfficial', 'registrar', 'signatory']],
    checker: ['Priya Raman', 'output checker', 'council', ['outputChecker', 'ethicsReviewer']],
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
const STAYS = [
  { name: 'index_date', type: 'date' },
  { name: 'date', type: 'date' },
  { name: 'attended', type: 'integer', min: 0, max: 1 },
  { name: 'band', type: 'category', codes: ['40-59', '60-74', '75+'] },
  { name: 'area', type: 'category', codes: ['town', 'coast', 'villages'] },
  { name: 'conditions', type: 'integer', min: 0, max: 20 },
  { name: 'admissions_last_year', type: 'integer', min: 0 },
  { name: 'admissions', type: 'integer', min: 0 },
];
export const ATTENDANCE = [{ name: 'visits', type: 'integer', min: 0 }];
export const SURVEY = [
  { name: 'illness_threat', type: 'integer', min: 0, max: 80 },
  { name: 'attended', type: 'integer', min: 0, max: 1 },
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
export const EPISODES = of(
  'in-patient episodes',
  'health',
  STAYS,
  'Admissions of a year before and a year after the day from which somebody came, or might have.',
);
export const CLINICS = of('community attendance', 'provider', ATTENDANCE, 'How often people come.');
export const PERCEPTIONS = of(
  'illness perceptions',
  'health',
  SURVEY,
  'What patients think of their illness.',
);

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
  ...{ sources: [sourceOf(EPISODES), sourceOf(PERCEPTIONS)], linkage: true, tier: 'LINKED_DEIDENTIFIED' },
  ...{ legal: ['guardian'], ethical: ['checker', 'lay', 'holder'] },
};
