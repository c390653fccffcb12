// Who takes part in the story of financial hardship, and what of benefits, employment, rent and advice is asked for.
import type { Limits } from '../opening';
import { castOf, namesOf } from '../telling';
import type { Asked } from '../telling';

export const CAST = castOf(
  'financial-hardship',
  {
    university: 'Northfield University',
    council: 'Westmere Council',
    neighbour: 'Eastholm Council',
    national: 'National Employment Service',
    housing: 'Fellside Homes',
    advice: 'Westmere Advice',
    panel: 'Westmere Residents’ Panel',
  },
  {
    lead: ['Amara Nwosu', 'project lead', 'university', ['projectLead', 'researcher', 'registrar']],
    researcher: ['Jonas Lindqvist', 'researcher', 'university', ['researcher', 'signatory']],
    colleague: ['Mei Tanaka', 'researcher', 'university', ['researcher']],
    official: ['Robin Carter', 'policy official', 'council', ['policyOfficial', 'registrar', 'signatory']],
    benefits: ['Tom Oliveira', 'benefits data holder', 'council', ['dataHolder', 'dataCustodian']],
    riskOwner: ['Helen Fairweather', 'information risk owner', 'council', ['informationRiskOwner']],
    checker: [
      ...(['Priya Raman', 'output checker', 'neighbour'] as const),
      ['outputChecker', 'ethicsReviewer', 'registrar', 'signatory'],
    ],
    neighbour: ['Owen Price', 'policy official', 'neighbour', ['policyOfficial']],
    national: [
      ...(['Leo Brandt', 'data holder', 'national'] as const),
      ['dataHolder', 'dataCustodian', 'registrar'],
    ],
    nationalRisk: ['Ines Moreau', 'information risk owner', 'national', ['informationRiskOwner']],
    housing: [
      ...(['Sam Okoro', 'data holder', 'housing'] as const),
      ['dataHolder', 'dataCustodian', 'registrar'],
    ],
    housingRisk: ['Ana Costa', 'information risk owner', 'housing', ['informationRiskOwner']],
    advice: [
      ...(['Ruth Adeyemi', 'head of the charity', 'advice'] as const),
      ['civilSociety', 'dataHolder', 'dataCustodian', 'registrar'],
    ],
    adviceRisk: ['Nora Whelan', 'trustee for information', 'advice', ['informationRiskOwner']],
    lay: ['Grace Mensah', 'lay member', 'panel', ['layMember', 'registrar']],
  },
);

export const PURPOSE = 'changes in frequency and intensity of hardship';
const METHODS = ['series', 'descriptive', 'clusters', 'prediction', 'logistic', 'survival'];
const YEARS = ['2010', '2011', '2012', '2013', '2014', '2015', '2016', '2017'];
const AREAS = Array.from({ length: 40 }, (_, at) => `E010${String(15_001 + at)}`);
const AREA = { name: 'lsoa', type: 'category', codes: AREAS };
const WORK = { name: 'work', type: 'category', codes: ['low-paid', 'none', 'retired'] };

const CLAIMS = [
  { name: 'year', type: 'category', codes: YEARS },
  AREA,
  { name: 'age', type: 'category', codes: ['18-34', '35-64', '65+'] },
  { name: 'sex', type: 'category', codes: ['F', 'M'] },
  WORK,
  { name: 'household', type: 'category', codes: ['single', 'couple', 'children'] },
  { name: 'disabled', type: 'integer', min: 0, max: 1 },
  { name: 'months', type: 'integer', min: 1 },
  { name: 'arrears', type: 'integer', min: 0, max: 1 },
  { name: 'earnings', type: 'category', codes: ['0', '1-99', '100-199', '200+'] },
  { name: 'ethnicity', type: 'category', codes: ['A', 'B', 'C'] },
];

/** Published of every small area: a rate per thousand, rounded to the nearest five. */
export const AREAS_PUBLISHED = {
  source: 'area statistics',
  fields: [
    AREA,
    ...['judgements', 'with_children', 'claims', 'tax_credits', 'income_deprived'].map((name) => ({
      ...{ name, type: 'integer', min: 0, max: 1000 },
    })),
  ],
  by: 'benefits',
};

/** One field by small area, of the census whose areas it was counted in; the others are of individuals. */
const bySmallArea = (names: readonly string[], of: readonly string[]) =>
  names.map((field) => ({
    ...{ field, period: null },
    granularity: of.includes(field)
      ? { level: 'SMALL_AREA', vintage: '2011' }
      : { level: 'INDIVIDUAL', vintage: null },
  }));

const of = (source: string, holder: string, fields: readonly object[], why: string): Asked => ({
  ...{ holder, source, fields, purpose: PURPOSE, methods: METHODS, why },
});
const claims = of(
  'local benefits',
  'council',
  CLAIMS,
  'Who claims, for how long, and who falls behind with rent and council tax.',
);
export const BENEFITS: Asked & { person: string } = {
  ...{ ...claims, person: 'claimant', tier: 'LINKED_DEIDENTIFIED' },
  detail: bySmallArea(namesOf(CLAIMS), ['lsoa']),
};
export const EMPLOYMENT = of(
  'employment service',
  'national',
  [AREA, WORK, { name: 'months', type: 'integer', min: 1 }],
  'Who is out of work, and how long claims last, also the short ones the council does not keep.',
);
/** What the national body may give: sums by small area. */
export const EMPLOYMENT_BY_AREA: Asked & { person: string } = {
  ...EMPLOYMENT,
  ...{ fields: [AREA, { name: 'months', type: 'integer', min: 1 }], tier: 'AGGREGATE' },
  person: 'claimant',
  why: 'How many claim in each small area and for how long, since your terms leave no more possible.',
};
export const RENT = of('rent accounts', 'housing', [{ name: 'owed', type: 'number' }], 'Who owes rent.');
export const ADVICE = of('advice cases', 'advice', [{ name: 'debts', type: 'number' }], 'Who is in debt.');

const sourceOf = ({ source, holder, fields }: Asked) => ({ source, holder, fields: namesOf(fields) });
export const LIMITS: Limits = {
  ...{ purposes: [PURPOSE], methods: METHODS, tier: 'LINKED_DEIDENTIFIED', linkage: true },
  ...{ sources: [BENEFITS, EMPLOYMENT, RENT, ADVICE].map(sourceOf), exposed: ['council', 'advice'] },
  legal: ['riskOwner', 'nationalRisk', 'housingRisk', 'adviceRisk'],
  ethical: ['checker', 'lay', 'benefits', 'national', 'housing', 'advice'],
  special: 'Disability and ethnicity, for statistical purposes, with safeguards.',
};
