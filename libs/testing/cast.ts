// The demonstration's seven people in tests, who else may be attested, and what their data is granted as.
import type { Actor, DataSpec, PersonId, Role } from '#libs/domain';

export const UNIVERSITY = 'org_university';
export const COUNCIL = 'org_council';
export const HOLDER = 'org_holder';
export const PANEL = 'org_panel';

export interface Member {
  organisation: string;
  roles: Role[];
}

/** The demonstration's seven people. */
export const CAST = {
  lead: { organisation: UNIVERSITY, roles: ['projectLead', 'registrar'] },
  researcher: { organisation: UNIVERSITY, roles: ['researcher', 'signatory'] },
  official: { organisation: COUNCIL, roles: ['policyOfficial'] },
  checker: { organisation: COUNCIL, roles: ['signatory', 'ethicsReviewer', 'outputChecker', 'registrar'] },
  holder: { organisation: HOLDER, roles: ['dataHolder', 'dataCustodian', 'registrar'] },
  riskOwner: { organisation: HOLDER, roles: ['informationRiskOwner', 'signatory'] },
  lay: { organisation: PANEL, roles: ['layMember', 'registrar'] },
} as const satisfies Record<string, { organisation: string; roles: readonly Role[] }>;
export type Name = keyof typeof CAST;

/** The council holds data of its own, where a story needs two holders (B2); nobody is on the roster unless attested. */
export const SECOND_HOLDER = {
  steward: { organisation: COUNCIL, roles: ['dataHolder', 'dataCustodian'] },
  guardian: { organisation: COUNCIL, roles: ['informationRiskOwner'] },
} as const satisfies Record<string, { organisation: string; roles: readonly Role[] }>;
export type AnyName = Name | keyof typeof SECOND_HOLDER;

export const WORKER: Actor = { process: 'worker' };
export const GATE: Actor = { process: 'gate' };
export const ADMINISTRATOR: Actor = { administrator: 'adm_1' };

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const START = '2026-01-05T09:00:00.000Z';

export const CELLS: DataSpec = {
  level: 'CELLS',
  fields: [],
  dimensions: ['treat', 'race', 'married'],
  sums: ['re78'],
};
export const ROWS: DataSpec = {
  level: 'ROWS',
  fields: [
    { name: 'id', type: 'pseudonym' },
    { name: 'treat', type: 'integer' },
    { name: 're78', type: 'number' },
  ],
  dimensions: [],
  sums: [],
};

export const personId = (name: AnyName): PersonId => `per_${name}`;
