// Who signs what: the quorum table of every checkpoint kind, and the least assurance each accepts.
import type { Assurance, CheckpointKind, Instant, OrganisationId, Role } from '../words';
import { PRACTITIONERS } from '../words';
import type { AgreementRules, QuorumRule, RaisedQuorum, Slot } from '../terms';
import type { Asked } from '../events';
import type { ProgrammeState } from '../state';
import { mayFill } from './quorum';
import { peopleAt } from './roster';

/** The organisations a kind's table speaks about. */
export interface SigningContext {
  /** Organisations whose data is inside the boundary, or contributed to the release. */
  holders: OrganisationId[];
  /** Organisations whose data, clients or standing the boundary says are exposed; holders are asked besides. */
  exposed: OrganisationId[];
  /** Institutions of the agreement, each with a signatory. */
  institutions: OrganisationId[];
  /** Parties of a benefit account: institutions, and holders of earlier waves. */
  parties: OrganisationId[];
}

const slot = (key: string, roles: readonly Role[], organisation: OrganisationId | null = null): Slot => ({
  key,
  roles: [...roles],
  organisation,
  count: 1,
});

const unique = <T>(values: T[]): T[] => [...new Set(values)];

/** The floor: two people of two organisations, except where the table says otherwise. */
const FLOOR = { people: 2, organisations: 2 };

/** Default signers by kind (DOMAIN § 4); an agreement may add, never take away. */
const TABLE: Record<CheckpointKind, (context: SigningContext) => QuorumRule> = {
  AGREEMENT: ({ institutions }) => ({
    slots: institutions.map((org) => slot(`signatory of ${org}`, ['signatory'], org)),
    ...FLOOR,
  }),
  QUESTION: () => ({
    slots: [slot('policyOfficial', ['policyOfficial']), slot('researcher', ['researcher'])],
    ...FLOOR,
  }),
  LEGAL: ({ holders }) => ({
    slots: holders.map((org) => slot(`informationRiskOwner of ${org}`, ['informationRiskOwner'], org)),
    people: 1,
    organisations: 1,
  }),
  ETHICAL: ({ holders }) => ({
    slots: [
      slot('ethicsReviewer', ['ethicsReviewer']),
      slot('layMember', ['layMember']),
      ...holders.map((org) => slot(`official of ${org}`, [], org)),
    ],
    ...FLOOR,
  }),
  TRUST: ({ holders, exposed }) => ({
    slots: [
      ...unique([...holders, ...exposed]).map((org) =>
        slot(`exposed ${org}`, ['dataHolder', 'serviceProvider', 'civilSociety'], org),
      ),
      slot('policyOfficial', ['policyOfficial']),
      slot('researcher', ['researcher']),
    ],
    ...FLOOR,
  }),
  BENEFIT: ({ parties }) => ({
    slots: unique(parties).map((org) => slot(`party ${org}`, [], org)),
    ...FLOOR,
  }),
  OUTPUT: () => ({ slots: [slot('outputChecker', ['outputChecker'])], people: 1, organisations: 1 }),
  REFLECTION: () => ({
    slots: [slot('practitioner', PRACTITIONERS), slot('researcher', ['researcher'])],
    ...FLOOR,
  }),
  REFINEMENT: () => ({
    slots: [slot('policyOfficial', ['policyOfficial']), slot('another organisation', [])],
    ...FLOOR,
  }),
};

export function quorumRule(kind: CheckpointKind, context: SigningContext, rules: AgreementRules): QuorumRule {
  const base = TABLE[kind](context);
  const more = rules.moreSigners.filter((extra) => extra.kind === kind).map((extra) => extra.slot);
  const raised = raisedFor(kind, rules);
  return {
    slots: [...base.slots, ...more],
    people: Math.max(base.people, raised?.people ?? 0),
    organisations: Math.max(base.organisations, raised?.organisations ?? 0),
  };
}

export const raisedFor = (kind: CheckpointKind, { quorums = [] }: AgreementRules): RaisedQuorum | null =>
  quorums.find((raised) => raised.kind === kind) ?? null;

/** The fewest people and organisations a kind ever rests on, whoever signs it. */
export const floorOf = (kind: CheckpointKind): Pick<QuorumRule, 'people' | 'organisations'> =>
  TABLE[kind]({ holders: [], exposed: [], institutions: [], parties: [] });

/** Kinds that always need the mailed code. */
const CODE_KINDS: Record<CheckpointKind, boolean> = {
  AGREEMENT: true,
  QUESTION: false,
  LEGAL: true,
  ETHICAL: true,
  TRUST: true,
  BENEFIT: true,
  OUTPUT: false,
  REFLECTION: false,
  REFINEMENT: false,
};

export const needsCode = (kind: CheckpointKind, rules: AgreementRules): boolean =>
  CODE_KINDS[kind] || (kind !== 'OUTPUT' && rules.codeAlsoFor.includes(kind));

/** Having an account does not replace a link, nor a link an account. */
export function suffices(kind: CheckpointKind, codeNeeded: boolean, assurance: Assurance): boolean {
  if (kind === 'OUTPUT') return assurance === 'ACCOUNT';
  // T15: marked for ever; what an approval lacks beside a link or code, its evidence and countersignature give.
  if (assurance === 'RECORDED') return true;
  if (codeNeeded) return assurance === 'LINK_CODE';
  return assurance === 'LINK' || assurance === 'LINK_CODE';
}

/**
 * Everybody the roster offers for the rule's slots at `at`, except `excluded` people.
 * `organisations` limits who counts at all: those of the agreement in force.
 */
export function peopleToAsk(
  programme: ProgrammeState,
  rule: QuorumRule,
  at: Instant,
  excluded: string[],
  organisations: OrganisationId[] | null,
): (Asked & { roles: Role[] })[] {
  return peopleAt(programme, at).flatMap(({ person, tenure }) => {
    if (excluded.includes(person)) return [];
    if (organisations && !organisations.includes(tenure.organisation)) return [];
    const candidate = { person, organisation: tenure.organisation, roles: tenure.roles };
    const slots = rule.slots.filter((s) => mayFill(s, candidate)).map((s) => s.key);
    return slots.length > 0 ? [{ ...candidate, roles: [...tenure.roles], slots }] : [];
  });
}
