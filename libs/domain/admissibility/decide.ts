// Who may say what about a field's admissibility; challenges are claims, and nobody answers their own.
import { accept, acting, nextId } from '../decide/context';
import type { Context, Handler, Handlers, Refused } from '../decide/context';
import { refuse } from '../refusal';
import type { Release } from '../state';
import { ADMISSIBILITY_TRANSITIONS } from '../transitions';
import type { Role } from '../words';
import { PRACTITIONERS } from '../words';
import { forbids, isKnownField, isSamePlace, openChallenges, touched } from './rules';
import type { Admissibility, AdmissibilityCommands, Ground, Intention, MatrixEntry, Period } from './terms';

/** Those who know what the records mean. */
const KNOWING: readonly Role[] = [...PRACTITIONERS, 'dataHolder', 'dataCustodian'];
const JUDGING: readonly Role[] = [
  ...KNOWING,
  ...(['projectLead', 'researcher', 'informationRiskOwner', 'ethicsReviewer', 'layMember'] as const),
];

/** Who may say that a field may be used after all: never those who only want to use it. */
const LIFTED_BY: Record<Ground, readonly Role[]> = {
  ACCURACY: KNOWING,
  COMPLETENESS: KNOWING,
  BIAS: KNOWING,
  CARE: KNOWING,
  VALIDITY: [...KNOWING, 'researcher'],
  LEGAL: ['informationRiskOwner'],
  ETHICAL: ['ethicsReviewer', 'layMember'],
  PUBLIC_REACTION: ['ethicsReviewer', 'layMember', 'policyOfficial'],
};

const STRICTNESS: Record<Admissibility, number> = {
  ADMISSIBLE: 0,
  ADMISSIBLE_WITH_CAVEAT: 1,
  PENDING: 1,
  CONTESTED: 2,
  INADMISSIBLE: 3,
};

type Found = { ok: true; entry: MatrixEntry } | Refused;
const findPlace = ({ world }: Context, id: string): Found => {
  const entry = world.project.matrix[id];
  return entry
    ? { ok: true, entry }
    : refuse('NOT_FOUND', 'UNKNOWN_PLACE', `there is no place ${id} in the matrix`, 'check the id');
};

const unknownField = ({ world }: Context, source: string, field: string): Refused | null =>
  isKnownField(world.project, source, field)
    ? null
    : refuse(
        'INVALID',
        'UNKNOWN_FIELD',
        `no boundary or request names the field "${field}" of "${source}"`,
        'use the names of the boundary or of the request',
      );

const badPeriod = ({ from, to }: Period): boolean => from !== null && to !== null && to < from;

const openAdmissibility: Handler<'OpenAdmissibility'> = (context, place) => {
  const by = acting(context);
  if (!by.ok) return by;
  const unknown = unknownField(context, place.source, place.field);
  if (unknown) return unknown;
  if (place.uses.length === 0 || place.subpopulation?.values.length === 0)
    return refuse('INVALID', 'EMPTY', 'it speaks of no use or of nobody', 'name a use, and values');
  if (badPeriod(place.period))
    return refuse('INVALID', 'PERIOD', 'the period ends before it begins', 'exchange the two dates');
  const same = Object.values(context.world.project.matrix).find((entry) => isSamePlace(entry, place));
  if (same)
    return refuse('CONFLICT', 'ALREADY_OPEN', `${same.id} speaks of exactly this`, `judge ${same.id}`);
  return accept({ type: 'AdmissibilityOpened', data: { place: nextId(context, 'ad'), ...place } });
};

/** What a judgement lacks in itself, whoever gives it. */
function incomplete(command: AdmissibilityCommands['JudgeAdmissibility']): Refused | null {
  if (command.status === 'ADMISSIBLE_WITH_CAVEAT' && command.caveat === null)
    return refuse('INVALID', 'NO_CAVEAT', 'the caveat is missing', 'say what every reader has to know');
  if (command.seriesBreak && command.status === 'ADMISSIBLE')
    return refuse(
      'INVALID',
      'BROKEN_SERIES',
      'a broken series is not admissible without a caveat',
      'judge it inadmissible across the break, or admissible with a caveat',
    );
  return null;
}

/** T4: knowledge and challenges are weighed by somebody else than who brought them. */
function ownMatter(
  entry: MatrixEntry,
  command: AdmissibilityCommands['JudgeAdmissibility'],
  person: string,
): Refused | null {
  const strangers = [
    ...command.answers.filter((id) => !openChallenges(entry).some((c) => c.id === id)),
    ...command.knowledge.filter((id) => !entry.knowledge.some((k) => k.id === id)),
  ];
  if (strangers.length > 0)
    return refuse(
      'INVALID',
      'UNKNOWN_REFERENCE',
      `not open on ${entry.id}: ${strangers.join(', ')}`,
      `open are ${
        openChallenges(entry)
          .map((c) => c.id)
          .join(', ') || 'no challenges'
      }`,
    );
  const own = [...entry.challenges, ...entry.knowledge].filter(
    ({ id, person: by }) => by === person && [...command.answers, ...command.knowledge].includes(id),
  );
  return own.length === 0
    ? null
    : refuse(
        'FORBIDDEN',
        'SELF_APPROVAL',
        `${own.map((each) => each.id).join(', ')} came from the same person`,
        'somebody else weighs it',
      );
}

/** What making a field more admissible needs, besides the role. */
function liftingLacks(
  entry: MatrixEntry,
  command: AdmissibilityCommands['JudgeAdmissibility'],
): Refused | null {
  const unanswered = openChallenges(entry).filter(({ id }) => !command.answers.includes(id));
  if (unanswered.length > 0)
    return refuse(
      'CONFLICT',
      'CHALLENGES_OPEN',
      `not answered: ${unanswered.map((c) => c.id).join(', ')}`,
      'answer each challenge with the judgement',
    );
  const ground = entry.judgements.at(-1)?.ground;
  if (entry.status === 'INADMISSIBLE' && ground !== command.ground)
    return refuse(
      'CONFLICT',
      'GROUND',
      `it was excluded on the ground ${ground}, which ${command.ground} does not answer`,
      'what may be defended in law is not thereby acceptable, nor the reverse: lift it on its own ground',
    );
  if (entry.status === 'INADMISSIBLE' && command.status !== 'CONTESTED' && command.knowledge.length === 0)
    return refuse(
      'CONFLICT',
      'NO_KNOWLEDGE',
      'an excluded field comes back only on local knowledge that fills the gap or corrects the record',
      'have those who know the records add it, then cite it',
    );
  return null;
}

const judgeAdmissibility: Handler<'JudgeAdmissibility'> = (context, command) => {
  const by = acting(context, JUDGING);
  if (!by.ok) return by;
  const found = findPlace(context, command.place);
  if (!found.ok) return found;
  const { entry } = found;
  if (ADMISSIBILITY_TRANSITIONS[entry.status][command.status] === undefined)
    return refuse(
      'CONFLICT',
      'TRANSITION',
      `${entry.id} is ${entry.status} and cannot become ${command.status}`,
      `it can become ${Object.keys(ADMISSIBILITY_TRANSITIONS[entry.status]).join(', ')}`,
    );
  const obstacle = incomplete(command) ?? ownMatter(entry, command, by.person);
  if (obstacle) return obstacle;
  if (STRICTNESS[command.status] < STRICTNESS[entry.status]) {
    const lifting = acting(context, LIFTED_BY[command.ground]);
    if (!lifting.ok) return lifting;
    const lacking = liftingLacks(entry, command);
    if (lacking) return lacking;
  }
  const { person, organisation } = by;
  return accept({ type: 'AdmissibilityJudged', data: { ...command, person, organisation } });
};

const raiseChallenge: Handler<'RaiseChallenge'> = (context, command) => {
  const by = acting(context);
  if (!by.ok) return by;
  const found = findPlace(context, command.place);
  if (!found.ok) return found;
  if (command.against !== null && !context.world.project.analyses[command.against])
    return refuse('NOT_FOUND', 'UNKNOWN_ANALYSIS', `there is no analysis ${command.against}`, 'check the id');
  const { person, organisation } = by;
  const challenge = nextId(context, 'ch');
  return accept({ type: 'ChallengeRaised', data: { challenge, ...command, person, organisation } });
};

const addLocalKnowledge: Handler<'AddLocalKnowledge'> = (context, command) => {
  const by = acting(context, KNOWING);
  if (!by.ok) return by;
  const found = findPlace(context, command.place);
  if (!found.ok) return found;
  const { person, organisation } = by;
  const knowledge = nextId(context, 'lk');
  return accept({ type: 'LocalKnowledgeAdded', data: { knowledge, ...command, person, organisation } });
};

const rateField: Handler<'RateField'> = (context, command) => {
  const by = acting(context);
  if (!by.ok) return by;
  const unknown = unknownField(context, command.source, command.field);
  if (unknown) return unknown;
  const { person, organisation } = by;
  return accept({ type: 'FieldRated', data: { ...command, person, organisation } });
};

const recordPublicReaction: Handler<'RecordPublicReaction'> = (context, command) => {
  const by = acting(context);
  if (!by.ok) return by;
  if ((command.standing === 'EVIDENCED') !== (command.evidence !== null))
    return refuse(
      'INVALID',
      'EVIDENCE',
      'a reaction is evidenced if and only if its evidence is named',
      'name the evidence, or mark it ANTICIPATED',
    );
  const consideration = nextId(context, 'pr');
  return accept({ type: 'PublicReactionRecorded', data: { consideration, ...command, person: by.person } });
};

/** An analysis that would use an inadmissible field is refused, naming each place and what would help. */
export function inadmissible({ world }: Context, release: Release, intention: Intention): Refused | null {
  if (intention.window && badPeriod(intention.window))
    return refuse('INVALID', 'PERIOD', 'the window ends before it begins', 'exchange the two dates');
  const against = touched(world.project, release, intention).filter((entry) => forbids(entry, intention));
  if (against.length === 0) return null;
  const missing = against.map((entry) => ({
    rule: 'ADMISSIBILITY',
    reason: whyNot(entry),
    waitingFor: [],
    since: entry.judgements.at(-1)?.at ?? null,
  }));
  return refuse(
    'CONFLICT',
    'INADMISSIBLE',
    missing.map((m) => m.reason).join('; '),
    'leave the field out, or say for what use, which window and whom it is used, outside what is excluded;' +
      ' a window needs "by", the field that tells which rows lie in it: without one, every row is read',
    missing,
  );
}

function whyNot(entry: MatrixEntry): string {
  const latest = entry.judgements.at(-1);
  const broken = latest?.seriesBreak;
  const whom = entry.subpopulation
    ? ` where ${entry.subpopulation.field} is ${entry.subpopulation.values.join(' or ')}`
    : '';
  const when = broken ? `, across the break of ${broken.at}` : periodInWords(entry.period);
  return (
    `the field "${entry.field}" of "${entry.source}" is inadmissible for ${entry.uses.join(', ')}${whom}${when}` +
    ` (${entry.id}, on the ground ${latest?.ground})`
  );
}

const periodInWords = ({ from, to }: Period): string =>
  from === null && to === null ? '' : `, ${from ?? 'from the beginning'} to ${to ?? 'now'}`;

export const admissibilityHandlers: Pick<Handlers, keyof AdmissibilityCommands> = {
  OpenAdmissibility: openAdmissibility,
  JudgeAdmissibility: judgeAdmissibility,
  RaiseChallenge: raiseChallenge,
  AddLocalKnowledge: addLocalKnowledge,
  RateField: rateField,
  RecordPublicReaction: recordPublicReaction,
};
