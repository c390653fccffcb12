// Where somebody may be waited for, by facts that do not change by themselves: what read models hold across projects.
import { holdersOf } from './boundary';
import { depositStatus, requestStatus } from './requests';
import { currentRound } from './standing';
import { actionStatus } from '../actions/rules';
import type { PlannedAction } from '../actions/terms';
import { isNotes } from '../evidence/rules';
import type { Evidence } from '../evidence/terms';
import type { Hypothesis } from '../hypotheses/terms';
import { clarificationMove } from '../negotiation/clarifications';
import { remembered } from '../remembered';
import type { Checkpoint, Insight, ProgrammeState, ProjectState } from '../state';
import type { Instant, OrganisationId, PersonId, Role } from '../words';
import { PRACTITIONERS } from '../words';
import { awaitsCountersignature } from '../recorded-answers/rules';

/**
 * Somebody a stream may be waiting for. It never misses a move of `moves` and `programmeMoves`, and may name more: whether
 * a round still needs an answer, and who holds a role, depends on the time and on the other stream, and is judged when it is read.
 */
export interface Waiting {
  what: string;
  about: string;
  /** This person; or anybody of the organisation (of any, if null) who holds one of the roles. */
  person: PersonId | null;
  organisation: OrganisationId | null;
  roles: Role[] | null;
  since: Instant;
  due: Instant | null;
}

const forPerson = (what: string, about: string, person: PersonId, since: Instant): Waiting => ({
  ...{ what, about, person, organisation: null, roles: null, since, due: null },
});
const forRoles = (
  what: string,
  about: string,
  organisation: OrganisationId | null,
  roles: readonly Role[],
  since: Instant,
): Waiting => ({ what, about, person: null, organisation, roles: [...roles], since, due: null });

/** People asked in a round that still takes answers, who have not answered; and its proposer, if nobody can complete it. */
const signing = remembered((checkpoints: Readonly<Record<string, Checkpoint>>): Waiting[] =>
  Object.values(checkpoints).flatMap((checkpoint) => {
    const round = currentRound(checkpoint);
    if (!round || round.lapsedAt !== null || round.voidedAt !== null) return [];
    const { openedAt, deadline, asked, told = [], decisions } = round;
    const awaited = asked.filter(
      ({ person }) => !told.includes(person) && !decisions.some((d) => d.person === person && !d.withdrawn),
    );
    return [
      ...awaited.map(({ person, organisation }) => ({
        ...{ ...forPerson('SIGN', checkpoint.id, person, openedAt), organisation, due: deadline },
      })),
      forPerson('PROPOSE', checkpoint.id, round.proposer, openedAt),
      // T15: who asks people without an address, and who confirms what was written down for them.
      ...[...new Set(awaited.map(({ organisation }) => organisation))].map((organisation) =>
        forRoles('ASK', checkpoint.id, organisation, ['registrar'], openedAt),
      ),
      ...decisions.filter(awaitsCountersignature).map(({ organisation, at }) => ({
        ...{ ...forPerson('COUNTERSIGN', checkpoint.id, '', at), person: null, organisation, due: deadline },
      })),
    ];
  }),
);

const agreeing = remembered((evidence: readonly Evidence[]): Waiting[] =>
  evidence.filter(isNotes).flatMap(({ id, participants, versions }) => {
    const words = versions.at(-1);
    if (!words) return [];
    return participants
      .filter((person) => !words.agreed.some((agreed) => agreed.person === person))
      .map((person) => forPerson('NOTES', id, person, words.at));
  }),
);

/** B45: rivals said to be untestable await the word of who holds the hypothesis. */
const answering = remembered((hypotheses: readonly Hypothesis[]): Waiting[] =>
  hypotheses
    .filter(({ untestable }) => untestable.length > 0)
    .flatMap(({ id, holder, untestable }) =>
      untestable
        .filter(({ answer }) => answer === null)
        .map(({ at }) => forPerson('HYPOTHESIS', id, holder, at)),
    ),
);

const acting = remembered((actions: Readonly<Record<string, PlannedAction>>): Waiting[] =>
  Object.values(actions)
    .filter((action) => !['DONE', 'NOT_DONE'].includes(actionStatus(action)))
    .map(({ id, owner, at }) => forPerson('ACTION', id, owner, at)),
);

/** Plain summaries no practitioner has approved. */
const summarising = remembered((insights: readonly Insight[]): Waiting[] =>
  insights
    .filter(({ summaries }) => summaries.at(-1)?.approved === null)
    .map(({ id, at }) => forRoles('SUMMARY', id, null, PRACTITIONERS, at)),
);

/** Requests a holder has not answered, files nobody has handed over, questions either side has to answer. */
const holding = ({ requests, deposits, imports, clarifications }: ProjectState): Waiting[] => [
  ...Object.values(requests)
    .filter((request) => requestStatus(request) === 'SENT')
    .map(({ id, holder, sentAt, deadline }) => ({
      ...{ ...forRoles('ANSWER', id, holder, ['dataHolder'], sentAt), due: deadline },
    })),
  ...Object.values(deposits)
    .filter((deposit) => depositStatus(deposit) === 'INVITED')
    .map(({ id, request, invitedAt }) => {
      const importer = imports[request]?.person;
      return importer !== undefined
        ? forPerson('DEPOSIT', id, importer, invitedAt)
        : forRoles('DEPOSIT', id, requests[request]?.holder ?? null, ['dataCustodian'], invitedAt);
    }),
  ...clarifications.flatMap((clarification) => {
    const request = requests[clarification.request];
    const side = clarificationMove(clarification);
    if (!request || side === null || requestStatus(request) !== 'SENT') return [];
    const { id, at } = clarification;
    return side === 'ASKER'
      ? [forPerson('CLARIFY', id, request.sender, at)]
      : [forRoles('CLARIFY', id, request.holder, ['dataHolder'], at)];
  }),
  ...Object.values(imports)
    .filter(({ checks }) => checks.length === 0)
    .map(({ id, organisation, at }) =>
      forRoles('LEGAL_CHECK', id, organisation, ['informationRiskOwner'], at),
    ),
];

const releasing = ({ releases, rulesVersion }: ProjectState): Waiting[] =>
  Object.values(releases)
    .filter(({ permit, givenUpAt, destroyed }) => !permit && !givenUpAt && !destroyed)
    .flatMap(({ id, readers, proposer, proposedAt, wave }) => [
      ...(rulesVersion < 2
        ? []
        : [
            ...readers.map((reader) => forPerson('SAFETY', id, reader, proposedAt)),
            forRoles('SAFETY', id, null, ['registrar'], proposedAt),
          ]),
      ...(wave > 1 ? [forPerson('ACCOUNT', id, proposer, proposedAt)] : []),
    ]);

const checking = ({
  analyses,
  releases,
  requests,
  checkpoints,
  exceptions,
  outputComments,
}: ProjectState) => [
  ...exceptions
    .filter(({ granted }) => granted === null)
    .map(({ id, at }) => forRoles('EXCEPTION', id, null, ['outputChecker'], at)),
  ...Object.values(analyses).flatMap(({ id, release: on, ended }) => {
    const release = releases[on];
    const isReviewed = release?.permit?.conditions.some(({ kind }) => kind === 'REVIEW_BEFORE_SHARING');
    if (!release || !isReviewed || !ended?.result) return [];
    const trust = Object.values(checkpoints).flatMap(({ kind, rounds }) =>
      kind === 'TRUST' ? rounds.filter(({ subject }) => subject.id === on) : [],
    );
    const asking = [
      ...release.requests.flatMap((request) => requests[request]?.holder ?? []),
      ...trust.flatMap(({ decisions }) => decisions.map(({ organisation }) => organisation)),
    ];
    const said = outputComments.filter(({ analysis }) => analysis === id).map((c) => c.organisation);
    return [...new Set(asking)]
      .filter((organisation) => !said.includes(organisation))
      .map((organisation) =>
        forRoles('REVIEW', id, organisation, ['dataHolder', 'informationRiskOwner'], ended.at),
      );
  }),
];

/** What is owed about what was found, planned, feared or collected. */
function accounting(project: ProjectState): Waiting[] {
  const { incidents, hypotheses, actions, insights, collections, legalFiles, boundaries } = project;
  const file = legalFiles.at(-1);
  const isSigned = boundaries.some(({ legalFile }) => legalFile?.file === file?.id);
  return [
    ...incidents
      .filter(({ reported }) => reported === null)
      .map(({ id, awareAt }) =>
        forRoles('INCIDENT', id, null, ['informationRiskOwner', 'dataProtectionOfficer'], awareAt),
      ),
    ...answering(hypotheses),
    ...acting(actions),
    ...summarising(insights),
    ...collections
      .filter(({ responses }) => responses === null)
      .map(({ id, collector, closes }) =>
        forRoles('RESPONSES', id, collector, ['dataHolder', 'dataCustodian', 'researcher'], closes),
      ),
    ...(file && file.advice.length === 0 && !isSigned
      ? holdersOf(file.scope).map((holder) =>
          forRoles('ADVICE', file.id, holder, ['dataProtectionOfficer'], file.at),
        )
      : []),
  ];
}

export const programmeWaiting = (programme: ProgrammeState): Waiting[] => [
  ...signing(programme.checkpoints),
  ...agreeing(programme.evidence),
];

/** A closed project waits for nobody; a lead may always have the next step. */
export const projectWaiting = (project: ProjectState): Waiting[] =>
  project.closedAt !== null
    ? []
    : [
        ...signing(project.checkpoints),
        ...holding(project),
        ...releasing(project),
        ...checking(project),
        ...accounting(project),
        ...agreeing(project.evidence),
        forPerson('LEAD', project.id, project.lead, project.startedAt),
      ];

/** Whether this person is among those a row names. */
export const isMeant = (
  { person, organisation, roles }: Waiting,
  who: { person: PersonId; organisation: OrganisationId; roles: readonly Role[] },
): boolean =>
  person !== null
    ? person === who.person
    : (organisation === null || organisation === who.organisation) &&
      (roles === null || roles.some((role) => who.roles.includes(role)));
