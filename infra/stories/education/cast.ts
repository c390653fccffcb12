// Who takes part in the story of education services, and what of the census is asked for.
import type { Limits } from '../opening';
import { castOf } from '../telling';
import type { Asked } from '../telling';

export const CAST = castOf(
  'education',
  {
    university: 'Northfield University',
    council: 'Westmere Council',
    academies: 'Three Rivers Academies',
    neighbour: 'Eastholm Council',
    panel: 'Westmere Parents’ Panel',
  },
  {
    lead: ['Amara Nwosu', 'project lead', 'university', ['projectLead', 'researcher', 'registrar']],
    researcher: ['Jonas Lindqvist', 'researcher', 'university', ['researcher', 'signatory']],
    colleague: ['Mei Tanaka', 'researcher', 'university', ['researcher']],
    official: ['Robin Carter', 'policy official', 'council', ['policyOfficial', 'registrar', 'signatory']],
    deputy: ['Ivy Marsh', 'policy official', 'council', ['policyOfficial']],
    manager: ['Dan Whitlock', 'service manager', 'council', ['serviceManager']],
    holder: ['Tom Oliveira', 'data holder', 'council', ['dataHolder', 'dataCustodian']],
    riskOwner: ['Helen Fairweather', 'information risk owner', 'council', ['informationRiskOwner']],
    head: ['Ruth Adeyemi', 'head of the academies’ trust', 'academies', ['serviceProvider', 'registrar']],
    checker: [
      'Priya Raman',
      'output checker',
      'neighbour',
      ['outputChecker', 'ethicsReviewer', 'signatory', 'registrar'],
    ],
    neighbour: ['Owen Price', 'policy official', 'neighbour', ['policyOfficial']],
    lay: ['Grace Mensah', 'lay member', 'panel', ['layMember', 'registrar']],
  },
);

export const SOURCE = 'school census';
export const PURPOSE = 'why demand on education services changed';
const METHODS = ['series', 'segmented', 'crosstab'];
const YEARS = ['2010', '2011', '2012', '2013', '2014', '2015', '2016', '2017'];
export const FIELDS = [
  { name: 'year', type: 'category', codes: YEARS },
  { name: 'phase', type: 'category', codes: ['infant', 'junior', 'secondary'] },
  { name: 'school', type: 'category', codes: ['maintained', 'academy'] },
  { name: 'meals', type: 'integer', min: 0, max: 1 },
  { name: 'needs', type: 'integer', min: 0, max: 1 },
  { name: 'support', type: 'category', codes: ['yes', 'no'] },
];
export const ASKED: Asked = {
  ...{ holder: 'council', source: SOURCE, fields: FIELDS, purpose: PURPOSE, methods: METHODS },
  why: 'Pupils, their needs and their eligibility for free meals, year by year.',
};
export const LIMITS: Limits = {
  ...{
    purposes: [PURPOSE],
    methods: METHODS,
    tier: 'DEIDENTIFIED',
    exposed: ['council', 'academies'],
  },
  sources: [{ source: SOURCE, holder: 'council', fields: FIELDS.map(({ name }) => name) }],
  ...{ legal: ['riskOwner'], ethical: ['checker', 'lay', 'holder'] },
  special: 'Needs of pupils, for statistical purposes, with safeguards.',
};
export const OLDER = { field: 'phase', values: ['junior', 'secondary'] };
