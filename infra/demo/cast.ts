// Who takes part in the demonstration: four organisations and seven invented people; the newcomer plays one of them.

export const ORGANISATIONS = {
  university: 'Northfield University',
  council: 'Westmere Council',
  holder: 'Employment Programme Office',
  panel: 'Westmere Community Panel',
} as const;
export type OrganisationName = keyof typeof ORGANISATIONS;

/** Somebody who takes part: their name, what they are, whose they are, and where their mail goes. */
export interface Member {
  readonly name: string;
  readonly part: string;
  readonly organisation: string;
  readonly roles: readonly string[];
  readonly address: string;
}

export const PEOPLE = {
  lead: {
    name: 'Amara Nwosu',
    part: 'project lead',
    organisation: 'university',
    roles: ['projectLead', 'registrar'],
    address: 'amara@university.example',
  },
  researcher: {
    name: 'Jonas Lindqvist',
    part: 'researcher',
    organisation: 'university',
    roles: ['researcher', 'signatory'],
    address: 'jonas@university.example',
  },
  official: {
    name: 'Robin Carter',
    part: 'policy official',
    organisation: 'council',
    roles: ['policyOfficial'],
    address: 'you@parley.example',
  },
  checker: {
    name: 'Priya Raman',
    part: 'output checker',
    organisation: 'council',
    roles: ['signatory', 'ethicsReviewer', 'outputChecker', 'registrar'],
    address: 'priya@council.example',
  },
  holder: {
    name: 'Tom Oliveira',
    part: 'data holder',
    organisation: 'holder',
    roles: ['dataHolder', 'dataCustodian', 'registrar'],
    address: 'tom@employment.example',
  },
  riskOwner: {
    name: 'Helen Fairweather',
    part: 'information risk owner',
    organisation: 'holder',
    roles: ['informationRiskOwner', 'signatory'],
    address: 'helen@employment.example',
  },
  lay: {
    name: 'Grace Mensah',
    part: 'lay member',
    organisation: 'panel',
    roles: ['layMember', 'registrar'],
    address: 'grace@panel.example',
  },
} as const satisfies Record<string, Member>;
export type PersonName = keyof typeof PEOPLE;

/** Who takes part in a demonstration or a story, by the names its steps use. */
export interface Cast<Person extends string = string, Organisation extends string = string> {
  readonly organisations: Readonly<Record<Organisation, string>>;
  /** Everybody's project has a lead. */
  readonly people: Readonly<Record<Person | 'lead', Member>>;
}
export const CAST: Cast<PersonName, OrganisationName> = { organisations: ORGANISATIONS, people: PEOPLE };

/** Whose last sign-off is left for the newcomer to give. */
export const NEWCOMER: PersonName = 'official';

/** "Amara Nwosu, project lead". */
export const called = (name: PersonName): string => `${PEOPLE[name].name}, ${PEOPLE[name].part}`;
