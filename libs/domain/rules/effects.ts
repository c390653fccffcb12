// Whom a command's events have to be told to: one table, event by event (T1: nobody is asked, reminded or told twice).
import { withId } from '../listed';
import type { DomainEvent, EventData, EventType, Recorded } from '../events';
import type { MailOrder } from '../effects-types';
import { officersFor } from '../legal/rules';
import { checkersOf } from '../published/rules';
import type { NegotiationSide } from '../negotiation/terms';
import type { Instant, OrganisationId, PersonId, Role } from '../words';
import { PRACTITIONERS } from '../words';
import { concernedInProgramme, concernedInProject, importersOf, speakingFor } from './concerned';
import { holds, peopleAt } from './roster';
import { answersSoFar, askedInVain, confirming, outcome } from './round-telling';
import { roundAbout } from './standing';
import { checkpointsOf, isWorld, mail, programmeOf } from './telling';
import type { Side, Telling } from './telling';
import { askedSoFar } from './turns';
import { awaitedForNotes, mayRead } from '../evidence/rules';
import { participants } from '../participation/taking-part';

const withRole = (t: Telling, at: Instant, organisation: OrganisationId, roles: Role[]): PersonId[] =>
  (isWorld(t.after)
    ? participants(t.after, at, { organisation, roles })
    : peopleAt(t.programme, at, { organisation, roles })
  ).map((p) => p.person);

/** People of the holder of a request, by role. */
const ofHolder = (t: Telling, request: string | undefined, at: Instant, roles: Role[]): PersonId[] => {
  const holder =
    isWorld(t.after) && request !== undefined ? t.after.project.requests[request]?.holder : undefined;
  return holder === undefined ? [] : withRole(t, at, holder, roles);
};

const holdersOfRelease = (t: Telling, release: string | undefined, at: Instant): PersonId[] => {
  const found = isWorld(t.after) && release !== undefined ? t.after.project.releases[release] : undefined;
  return (found?.requests ?? []).flatMap((request) => ofHolder(t, request, at, ['dataHolder']));
};

/** Who may take a grant back although others answer: whoever answers for the risk, with a link of their own. */
const ofRisk = (t: Telling, { request, person }: EventData<'RequestAnswered'>, at: Instant): PersonId[] =>
  ofHolder(t, request, at, ['informationRiskOwner']).filter(
    (owner) => owner !== person && !holds(t.programme, owner, ['dataHolder'], at),
  );

const requestOf = (t: Telling, deposit: string): string | undefined =>
  isWorld(t.after) ? t.after.project.deposits[deposit]?.request : undefined;

/** B14: who hears a question or an answer: the holder's data holders, or whoever sent the request. */
const otherSide = (t: Telling, id: string | undefined, side: NegotiationSide, at: Instant): PersonId[] => {
  if (side === 'ASKER') return ofHolder(t, id, at, ['dataHolder']);
  const request = isWorld(t.after) && id !== undefined ? t.after.project.requests[id] : undefined;
  return request ? [request.sender] : [];
};

const leadOf = (t: Telling): PersonId[] => (isWorld(t.after) ? [t.after.project.lead] : []);

/** T10: whom a withdrawal concerns by what it closes. */
function concerned(
  { before, after }: Telling,
  at: Instant,
  data?: EventData<'DecisionWithdrawn'>,
): PersonId[] {
  if (before === null) return [];
  if (isWorld(before)) return isWorld(after) ? concernedInProject(before, after, at) : [];
  return isWorld(after) || !data ? [] : concernedInProgramme(before, after, data, at);
}

/** The lead, who gave what the request or import is about, and whom its end concerns. */
const withGivers = (t: Telling, at: Instant, id: string): PersonId[] =>
  isWorld(t.after)
    ? [
        ...leadOf(t),
        ...speakingFor(t.after, t.after.project.requests[id]?.holder, at),
        ...importersOf(t.after, id, at),
        ...concerned(t, at),
      ]
    : [];

/** B53: whoever reports an incident. */
const reporters = (t: Telling, at: Instant): PersonId[] => [
  ...peopleAt(t.programme, at, { roles: ['informationRiskOwner', 'dataProtectionOfficer'] }).map(
    (p) => p.person,
  ),
  ...leadOf(t),
];

/** Whoever speaks for a partner: practitioners, holders and signatories, but not who asks. */
const partners = (t: Telling, at: Instant, asker: PersonId): PersonId[] =>
  peopleAt(t.programme, at, { roles: [...PRACTITIONERS, 'dataHolder', 'signatory'] })
    .map((p) => p.person)
    .filter((person) => person !== asker);

type Tell<T extends EventType> = (t: Telling, event: Extract<Recorded, { type: T }>) => MailOrder[];
type Table = { [T in EventType]?: Tell<T> };

const streamOf = (side: Side) => (isWorld(side) ? side.project : side);

const invitedTo = (t: Telling, meeting: string): PersonId[] =>
  streamOf(t.after).meetings[meeting]?.invited ?? [];

/** Those present whose agreement is awaited, as far as they may read what they are asked about. */
function askedForNotes(t: Telling, side: Side, evidence: string, at: Instant): PersonId[] {
  const item = withId(streamOf(side).evidence, evidence);
  return item
    ? awaitedForNotes(t.programme, item, at).filter((person) => mayRead(t.programme, item, person, at))
    : [];
}

const TABLE: Table = {
  CheckpointOpened: (t, { data }) => {
    // OUTPUT is decided by account, so a link would lead nowhere: checkers see it among their moves.
    if (data.kind === 'OUTPUT') return [];
    const earlier = checkpointsOf(t.before)[data.checkpoint]?.rounds.at(-1);
    const before = earlier ? askedSoFar(earlier) : [];
    const asked = data.asked.map((a) => a.person);
    return [
      ...mail(
        'SIGN_REQUEST',
        (data.turns?.[0] ?? asked).filter((p) => !data.told?.includes(p)),
        data.checkpoint,
        data.round,
      ),
      ...mail('NEW_VERSION', data.told ?? [], data.checkpoint, data.round),
      ...mail(
        'CONTENT_VOIDED',
        before.filter((p) => !asked.includes(p)),
        data.checkpoint,
        data.round - 1,
      ),
    ];
  },
  CoverChanged: (t, { data, version }) => {
    const round = t.checkpoints[data.checkpoint]?.rounds.find((r) => r.round === data.round);
    return mail('COVER_CHANGED', round ? askedSoFar(round) : [], data.checkpoint, data.round, version);
  },
  DecisionRecorded: (t, { data, at, version }) => [
    ...(data.assurance === 'ACCOUNT'
      ? []
      : mail(
          'SIGN_RECEIPT',
          [data.person],
          data.checkpoint,
          data.round,
          answersSoFar(t, data.checkpoint, data.round, data.person),
        )),
    ...outcome(t, data.checkpoint, data.round, at),
    ...confirming(t, data, at, version),
  ],
  TurnBegun: (_t, { data }) => mail('SIGN_REQUEST', data.people, data.checkpoint, data.round),
  DecisionCountersigned: (t, { data, at, version }) => [
    ...(data.assurance === 'ACCOUNT'
      ? []
      : mail('COUNTERSIGN_RECEIPT', [data.by], data.checkpoint, data.round, version)),
    ...outcome(t, data.checkpoint, data.round, at),
  ],
  DecisionWithdrawn: (t, { data, version, at }) => {
    const about = [data.checkpoint, data.round, version] as const;
    const round = t.checkpoints[data.checkpoint]?.rounds.find((r) => r.round === data.round);
    const asking = [...(round ? [round.proposer] : []), ...leadOf(t)];
    const auditors = peopleAt(t.programme, at, { roles: ['auditor'] }).map((p) => p.person);
    return [
      ...mail('WITHDRAWAL_NOTICE', [data.person, ...asking, ...concerned(t, at, data)], ...about),
      ...(data.disowned ? mail('DISOWNED', [...asking, ...auditors], ...about) : []),
      ...(data.disowned ? mail('FRESH_LINK', [data.person], ...about) : []),
    ];
  },
  SigningDelegated: (_t, { data, version }) => [
    ...mail('DELEGATED', [data.to], data.checkpoint, data.round, version),
    ...mail('DELEGATION_RECEIPT', [data.person], data.checkpoint, data.round, version),
  ],
  DelegationTakenBack: (t, { data, version }) => {
    const was = checkpointsOf(t.before)[data.checkpoint]?.rounds.find((r) => r.round === data.round);
    const now = t.checkpoints[data.checkpoint]?.rounds.find((r) => r.round === data.round);
    const ended = now?.asked.filter(
      (asked, index) => asked.onBehalfOf === data.person && asked.until !== was?.asked[index]?.until,
    );
    const people = ended?.map(({ person }) => person) ?? [];
    return mail('DELEGATION_TAKEN_BACK', people, data.checkpoint, data.round, version);
  },
  Reminded: (_t, { data }) => mail('SIGN_REMINDER', data.people, data.checkpoint, data.round, data.count),
  Escalated: (_t, { data }) => mail('SIGN_ESCALATION', data.to, data.checkpoint, data.round),
  RoundLapsed: (t, { data, at }) => {
    const round = t.checkpoints[data.checkpoint]?.rounds.find((r) => r.round === data.round);
    const people = round ? [round.proposer, ...leadOf(t), ...askedInVain(round)] : [];
    const there = people.filter((person) => holds(t.programme, person, [], at));
    return mail('ROUND_LAPSED', there, data.checkpoint, data.round);
  },
  StageAnnounced: (t, { data }) => mail('STAGE_OPEN', leadOf(t), `${data.cycle}.${data.stage}`, data.opening),
  RequestSent: (t, { data, at }) => [
    ...mail('DATA_REQUEST', data.asked ?? withRole(t, at, data.holder, ['dataHolder']), data.request),
    ...mail('DATA_REQUEST_NEW_VERSION', data.told ?? [], data.request),
  ],
  RequestAnswered: (t, { data, at, version }) => [
    ...(data.assurance === 'ACCOUNT' ? [] : mail('ANSWER_RECEIPT', [data.person], data.request, 0, version)),
    ...(data.grant === null ? [] : mail('GRANT_NOTICE', ofRisk(t, data, at), data.request)),
  ],
  RequestReminded: (t, { data, at }) => {
    const asked = isWorld(t.after) ? t.after.project.requests[data.request]?.asked : undefined;
    const people = asked ?? ofHolder(t, data.request, at, ['dataHolder']);
    return mail('DATA_REQUEST_REMINDER', people, data.request, 0, data.count);
  },
  /** B34: whoever was asked and whoever asks; T5: not who was only told of it. */
  RequestLapsed: (t, { data, at }) => {
    const request = isWorld(t.after) ? t.after.project.requests[data.request] : undefined;
    const asked = request?.asked ?? ofHolder(t, data.request, at, ['dataHolder']);
    const people = request ? [request.sender, ...leadOf(t), ...asked] : [];
    const there = people.filter((person) => holds(t.programme, person, [], at));
    return mail('DATA_REQUEST_LAPSED', there, data.request);
  },
  LegalFileDrafted: (t, { data, at }) =>
    mail('ADVICE_SOUGHT', officersFor(t.programme, data.scope, at), data.file),
  ImportProposed: (t, { data, at }) =>
    mail('LEGAL_CHECK_ASKED', isWorld(t.after) ? checkersOf(t.after, data, at) : [], data.import),
  IncidentRecorded: (t, { data, at }) => mail('INCIDENT', reporters(t, at), data.incident),
  IncidentReminded: (t, { data, at, version }) =>
    mail('INCIDENT_REMINDER', reporters(t, at), data.incident, 0, version),
  ClarificationAsked: (t, { data, at, version }) =>
    mail('CLARIFICATION', otherSide(t, data.request, data.side, at), data.request, 0, version),
  ClarificationAnswered: (t, { data, at, version }) => {
    const all = isWorld(t.after) ? t.after.project.clarifications : [];
    const request = all.find((c) => c.id === data.clarification)?.request;
    return mail('CLARIFICATION', otherSide(t, request, data.side, at), request ?? '', 0, version);
  },
  GrantWithdrawn: (t, { data, at, version }) => {
    // A link may have been used by somebody else: its person is told what was recorded in their name, and by that mail alone.
    const receipt =
      data.assurance === 'LINK' ? mail('ANSWER_RECEIPT', [data.person], data.request, 0, version) : [];
    const told = withGivers(t, at, data.request).filter(
      (person) => receipt.length === 0 || person !== data.person,
    );
    return [...mail('WITHDRAWAL_NOTICE', told, data.request), ...receipt];
  },
  ObjectionRecorded: (t, { data, at }) =>
    mail('WITHDRAWAL_NOTICE', withGivers(t, at, data.request), data.objection),
  LegalCheckRecorded: (t, { data, at }) =>
    data.outcome === 'PERMITTED'
      ? []
      : mail('WITHDRAWAL_NOTICE', withGivers(t, at, data.import), data.import),
  /** T11: whoever gave the data, and whoever works with it. */
  ExpiryWarned: (t, { data: { what, id, days }, at }) => {
    const release = isWorld(t.after) ? t.after.project.releases[id] : undefined;
    const requests = what === 'DEPOSIT' ? [requestOf(t, id)] : (release?.requests ?? []);
    const holders = requests.flatMap((request) => ofHolder(t, request, at, ['dataHolder']));
    return mail('EXPIRY_WARNING', [...(what === 'RELEASE' ? leadOf(t) : []), ...holders], id, 0, days);
  },
  DepositInvited: (t, { data, at }) =>
    mail('DEPOSIT_INVITED', ofHolder(t, data.request, at, ['dataCustodian']), data.deposit),
  DepositReceived: (t, { data, at, version }) =>
    data.assurance === undefined
      ? []
      : mail(
          'DEPOSIT_RECEIPT',
          ofHolder(t, requestOf(t, data.deposit), at, ['dataCustodian']),
          data.deposit,
          0,
          version,
        ),
  DepositRefused: (t, { data, at }) =>
    mail('DEPOSIT_REFUSED', ofHolder(t, requestOf(t, data.deposit), at, ['dataCustodian']), data.deposit),
  DepositAccepted: (t, { data, at }) =>
    mail('DEPOSIT_ACCEPTED', ofHolder(t, requestOf(t, data.deposit), at, ['dataCustodian']), data.deposit),
  /** Of a deposit that nobody filled there was only a key: no data of the holder's was destroyed. */
  DepositDestroyed: (t, { data, at }) =>
    isWorld(t.after) && t.after.project.deposits[data.deposit]?.received === null
      ? []
      : mail(
          'DESTRUCTION_CERTIFICATE',
          ofHolder(t, requestOf(t, data.deposit), at, ['dataHolder']),
          data.deposit,
        ),
  ReleaseDestroyed: (t, { data, at }) =>
    mail('DESTRUCTION_CERTIFICATE', holdersOfRelease(t, data.release, at), data.release),
  ResultDestroyed: (t, { data, at }) => {
    const release = isWorld(t.after) ? t.after.project.analyses[data.analysis]?.release : undefined;
    return mail('DESTRUCTION_CERTIFICATE', holdersOfRelease(t, release, at), data.analysis);
  },
  /** B18: the lead, and whoever was asked under the question that no longer has the data it needs. */
  SufficiencyRevoked: (t, { data, version }) => {
    const asked = roundAbout(t.checkpoints, 'QUESTION', data.question)?.asked.map((a) => a.person) ?? [];
    return mail('SUFFICIENCY_REVOKED', [...leadOf(t), ...asked], data.revocation, 0, version);
  },
  PublicationProposed: (t, { data, at }) =>
    mail('COMMENT_INVITED', partners(t, at, data.person), data.publication),
  // The old address, to which mail still goes, and whoever audits: a stolen registrar's account does not go unseen.
  AddressChanged: (t, { data, at, version }) => {
    const auditors = peopleAt(t.programme, at, { roles: ['auditor'] }).map(({ person }) => person);
    const others = auditors.filter((auditor) => auditor !== data.person);
    return [
      ...mail('ADDRESS_CHANGED', [data.person], data.person, 0, version),
      ...mail('ADDRESS_CHANGE_NOTICE', others, data.person, 0, version),
    ];
  },
  // T2: a forwarded link names a deputy without a code, so the mailbox on record hears of it.
  DeputyNamed: (_t, { data, version }) =>
    data.assurance === 'LINK' ? mail('DEPUTY_RECEIPT', [data.person], data.person, 0, version) : [],
  MeetingCalled: (_t, { data }) => mail('MEETING_INVITATION', data.invited, data.meeting),
  MeetingMoved: (t, { data }) =>
    mail('MEETING_MOVED', invitedTo(t, data.meeting), data.meeting, 0, data.sequence),
  MeetingCancelled: (t, { data }) =>
    mail('MEETING_CANCELLED', invitedTo(t, data.meeting), data.meeting, 0, data.sequence),
  PackSent: (t, { data }) => mail('MEETING_PACK', invitedTo(t, data.meeting), data.meeting),
  EvidenceRecorded: (t, { data, at }) =>
    mail('NOTES_TO_AGREE', askedForNotes(t, t.after, data.evidence, at), data.evidence),
  NotesAmended: (t, { data, at }) =>
    mail('NOTES_TO_AGREE', askedForNotes(t, t.after, data.evidence, at), data.evidence, 0, data.version),
  AudienceChanged: (t, { data, at }) => {
    const before = t.before === null ? [] : askedForNotes(t, t.before, data.evidence, at);
    const asked = askedForNotes(t, t.after, data.evidence, at).filter((p) => !before.includes(p));
    return mail('NOTES_TO_AGREE', asked, data.evidence);
  },
};

/** The mails a committed command causes, in order; identifiers only (T12). Nothing is mailed to people without an address (T15). */
export function effects(before: Side | null, after: Side, recorded: Recorded[]): MailOrder[] {
  const telling: Telling = {
    before,
    after,
    programme: programmeOf(after),
    checkpoints: checkpointsOf(after),
  };
  return recorded
    .flatMap((event) => {
      const tell = TABLE[event.type] as ((t: Telling, e: Recorded<DomainEvent>) => MailOrder[]) | undefined;
      return tell ? tell(telling, event) : [];
    })
    .filter(({ person }) => telling.programme.people[person]?.address !== null);
}
