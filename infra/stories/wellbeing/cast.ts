// Who takes part in the story of wellbeing services, and what of their activity is asked for.
import type { HolderPlan } from '../../demo/deeds';
import type { Limits } from '../opening';
import { castOf, namesOf } from '../telling';
import type { Asked } from '../telling';

export const CAST = castOf(
  'wellbeing',
  {
    university: 'Northfield University',
    council: 'Westmere Council',
    neighbour: 'Eastholm Council',
    provider: 'Quay Wellbeing',
    second: 'Mill House Drop-in',
    trust: 'Westmere Leisure Trust',
    panel: 'Westmere Users’ Panel',
  },
  {
    lead: ['Amara Nwosu', 'project lead', 'university', ['projectLead', 'researcher', 'registrar']],
    researcher: ['Jonas Lindqvist', 'researcher', 'university', ['researcher', 'signatory']],
    official: ['Robin Carter', 'policy official', 'council', ['policyOfficial', 'registrar', 'signatory']],
    manager: [
      'Dan Whitlock',
      'commissioning manager',
      'council',
      ['serviceManager', 'dataHolder', 'dataCustodian'],
    ],
    councilRisk: ['Helen Fairweather', 'information risk owner', 'council', ['informationRiskOwner']],
    checker: [
      'Priya Raman',
      'output checker',
      'neighbour',
      ['outputChecker', 'ethicsReviewer', 'registrar', 'signatory'],
    ],
    neighbour: ['Owen Price', 'policy official', 'neighbour', ['policyOfficial']],
    provider: [
      'Sam Okoro',
      'provider',
      'provider',
      ['serviceProvider', 'dataHolder', 'dataCustodian', 'registrar'],
    ],
    providerRisk: ['Ana Costa', 'information risk owner', 'provider', ['informationRiskOwner']],
    second: [
      'Carol Dixon',
      'provider',
      'second',
      ['serviceProvider', 'dataHolder', 'dataCustodian', 'registrar'],
    ],
    secondRisk: ['Paul Griffin', 'information risk owner', 'second', ['informationRiskOwner']],
    trust: ['Leo Brandt', 'data holder', 'trust', ['dataHolder', 'dataCustodian', 'registrar']],
    trustRisk: ['Ines Moreau', 'information risk owner', 'trust', ['informationRiskOwner']],
    lay: ['Grace Mensah', 'lay member', 'panel', ['layMember', 'registrar']],
  },
);

export const PURPOSE = 'redesign of wellbeing services';
const METHODS = ['crosstab', 'descriptive'];
/** Case notes are not among them: only the codes that the holder makes of them. */
export const ACTIVITY_FIELDS = [
  { name: 'provider', type: 'category', codes: ['Harbour', 'Mill', 'Quay'] },
  { name: 'location', type: 'category', codes: ['centre', 'outreach'] },
  { name: 'age', type: 'category', codes: ['18-39', '40-64', '65+'] },
  { name: 'sessions', type: 'integer', min: 1 },
  { name: 'complex', type: 'category', codes: ['0', '1'] },
  { name: 'need', type: 'category', codes: ['isolation', 'debt', 'health'] },
];
export const ACTIVITY: Asked & { person: string; plan: HolderPlan; isTriedRaw: true } = {
  ...{
    holder: 'provider',
    source: 'service activity',
    fields: ACTIVITY_FIELDS,
    purpose: PURPOSE,
    methods: METHODS,
  },
  ...{ why: 'Who comes, how often, with which needs.', person: 'participant' },
  // The needs are codes that the provider makes of its notes, by a frame of its own; no word of a note leaves.
  plan: {
    fields: { need: { from: 'case_note', frame: { table: 'frame.csv' } } },
    tables: {
      'frame.csv': 'phrase,code\nlives alone,isolation\nletters unopened,debt\npain most days,health\n',
    },
  },
  isTriedRaw: true,
};
export const DROP_IN: Asked = {
  ...{ holder: 'second', source: 'drop-in activity', purpose: PURPOSE, methods: METHODS },
  ...{ fields: [{ name: 'visits', type: 'integer' }], why: 'Who drops in, and how often.' },
};
export const MEMBERSHIPS: Asked = {
  ...{
    holder: 'trust',
    source: 'leisure memberships',
    fields: [{ name: 'visits', type: 'integer' }],
    purpose: PURPOSE,
  },
  ...{ methods: METHODS, why: 'Who uses leisure centres.' },
};
export const INTEREST: Asked & { person: string } = {
  ...{ holder: 'council', source: 'interest in services', purpose: PURPOSE, methods: METHODS },
  fields: [
    { name: 'age', type: 'category', codes: ['18-39', '40-64', '65+'] },
    { name: 'sex', type: 'category', codes: ['F', 'M'] },
    { name: 'interested', type: 'integer', min: 0, max: 1 },
    { name: 'wellbeing', type: 'integer', min: 7, max: 35 },
    { name: 'life_satisfaction', type: 'integer', min: 0, max: 10 },
  ],
  ...{ why: 'Who would come, and how they are.', person: 'resident' },
};
/** Which provider somebody works for is not asked for at all. */
export const EXPERIENCE: Asked & { person: string } = {
  ...{ holder: 'council', source: 'provider experiences', purpose: PURPOSE, methods: METHODS },
  fields: [
    { name: 'location', type: 'category', codes: ['centre', 'outreach'] },
    { name: 'years', type: 'integer', min: 0, max: 60 },
    { name: 'workload', type: 'integer', min: 1, max: 5 },
    { name: 'numbers_tell', type: 'integer', min: 1, max: 5 },
  ],
  ...{ why: 'What it is like to deliver the services, and whether numbers tell it.', person: 'member' },
};

const activity = {
  source: ACTIVITY.source,
  holder: 'provider',
  fields: [...namesOf(ACTIVITY_FIELDS), 'score_end'],
};
export const LIMITS: Limits = {
  ...{ purposes: [PURPOSE], methods: METHODS, tier: 'DEIDENTIFIED', exposed: ['provider'] },
  sources: [
    activity,
    ...[DROP_IN, MEMBERSHIPS].map(({ source, holder }) => ({ source, holder, fields: ['visits'] })),
  ],
  legal: ['providerRisk', 'secondRisk', 'trustRisk'],
  ethical: ['checker', 'lay', 'provider', 'second', 'trust'],
  special: 'Needs, for statistical purposes, with safeguards.',
};
export const WITH_SURVEY: Limits = {
  ...LIMITS,
  sources: [
    activity,
    ...[INTEREST, EXPERIENCE].map(({ source, holder, fields }) => ({
      source,
      holder,
      fields: namesOf(fields),
    })),
  ],
  ...{ legal: ['providerRisk', 'councilRisk'], ethical: ['checker', 'lay', 'provider', 'manager'] },
};
