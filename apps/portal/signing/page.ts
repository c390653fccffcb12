// Makes the sign-off page of one person's item: what is signed, what changed, who else is asked, what each answer does.
import { effectiveDecision, neutralFor, shifted, tenureAt } from '#libs/domain';
import type {
  Checkpoint,
  CheckpointKind,
  Choice,
  Condition,
  Decision,
  ProgrammeState,
  Round,
} from '#libs/domain';
import {
  ASKED_ABOUT,
  CHOICE_DONE,
  CHOICE_LABEL,
  CHOICES_SHOWN,
  CONDITION_LABEL,
  contentCode,
  differences,
  howLong,
  inFullWords,
  KIND_TITLE,
  ROLE_LABEL,
  show,
  WHEN_SETTLED,
} from '#libs/web';
import type { Change, NameLookup } from '#libs/web';
import { addressOf } from '../items';
import type { Item } from '../items';
import type { Reading, Side } from '../reading';

export interface Found {
  checkpoint: Checkpoint;
  round: Round;
}

export function findRound(side: Side, item: Item): Found | null {
  const checkpoint = (side.project ?? side.programme).checkpoints[item.checkpoint];
  const round = checkpoint?.rounds.find(({ round }) => round === item.round);
  return checkpoint && round ? { checkpoint, round } : null;
}

/** Everything the template `sign` needs but the fields of the form, which `values` and `problems` fill. */
export async function signPage(reading: Reading, side: Side, item: Item, { checkpoint, round }: Found) {
  const earlier = lastSigned(side, checkpoint, round, item.person);
  const [signed, before, title] = await Promise.all([
    reading.signed(round.content),
    earlier && reading.signed(earlier.round.content),
    reading.title(side),
  ]);
  const asked = round.asked.map(({ person, organisation }) => [person, organisation]);
  const names = await reading.names(
    side,
    signed.core,
    signed.cover,
    before?.core,
    asked,
    round.proposer,
    item.person,
    proposerOrg(side, round),
  );
  const deadline =
    side.project === null ? round.deadline : shifted(side.project, round.openedAt, round.deadline, side.now);
  const others = await othersAsked(reading, round, item.person, names);
  return {
    title: KIND_TITLE[checkpoint.kind],
    project: title,
    addressee: names(item.person) ?? 'Dear colleague',
    askedBy: who(names, round.proposer, proposerOrg(side, round)),
    askedAbout: ASKED_ABOUT[checkpoint.kind],
    deadline: inFullWords(deadline),
    remaining: howLong(side.now, deadline),
    notice: noticeOf(side),
    code: contentCode(round.content.core),
    content: { ...signed, core: show(signed.core, names), cover: show(signed.cover, names) },
    changed: earlier && before && changedSince(earlier, before, signed, names),
    ...others,
    blind: round.blind,
    choices: CHOICES_SHOWN.map((value) => ({
      value,
      label: CHOICE_LABEL[value],
      effect: effectOf(value, checkpoint.kind),
    })),
    neutral: await neutralPeople(reading, side, item.person, round.proposer),
    mayAskAgain: side.project !== null,
    needsCode: round.needsCode,
    action: addressOf(item),
    withdrawing:
      'Withdrawing takes effect at once. What has already been published by then cannot be called back.',
  };
}

/** T5: whom a reason may be told in confidence, by name; empty where nobody is neutral. */
async function neutralPeople(reading: Reading, side: Side, person: string, proposer: string) {
  const found = neutralFor(side, proposer, person, side.now);
  const organisation = (id: string) => organisationOf(side.programme, id, side.now);
  const names = await reading.names(side, found, found.map(organisation));
  return found.map((id) => ({ id, name: who(names, id, organisation(id)) }));
}

function proposerOrg(side: Side, round: Round): string {
  return organisationOf(side.programme, round.proposer, round.openedAt);
}

export function organisationOf(programme: ProgrammeState, person: string, at: string): string {
  const found = programme.people[person];
  return (tenureAt(found, at) ?? found?.tenures.at(-1))?.organisation ?? '';
}

function who(names: NameLookup, person: string, organisation: string): string {
  const [name, of] = [names(person) ?? 'A person of this programme', names(organisation)];
  return of === undefined ? name : `${name} (${of})`;
}

function noticeOf({ project }: Side): string | null {
  const isSuspended = project?.suspensions.some(({ to }) => to === null) ?? false;
  return isSuspended
    ? 'This project is suspended. Deadlines stand still and move when it resumes; you may answer meanwhile.'
    : null;
}

interface Earlier {
  round: Round;
  isOwn: boolean;
}

/** The version to compare with: the last this person answered about the same thing, or else the last there was. */
function lastSigned(side: Side, checkpoint: Checkpoint, round: Round, person: string): Earlier | null {
  const { checkpoints } = side.project ?? side.programme;
  const alike = Object.values(checkpoints).filter(
    ({ kind }) => kind === checkpoint.kind && ONE_LINE_OF_VERSIONS[kind],
  );
  const earlier = [...new Set([checkpoint, ...alike])]
    .flatMap(({ rounds }) => rounds)
    .filter((other) => other !== round && other.openedAt <= round.openedAt)
    .sort((a, b) => (a.openedAt < b.openedAt ? -1 : 1));
  const own = earlier.findLast((other) => other.decisions.some((decision) => decision.person === person));
  const last = own ?? earlier.at(-1);
  return last ? { round: last, isOwn: own !== undefined } : null;
}

/** Kinds whose later checkpoints amend what earlier ones settled; a release or result stands for itself. */
const ONE_LINE_OF_VERSIONS: Record<CheckpointKind, boolean> = {
  AGREEMENT: true,
  QUESTION: true,
  LEGAL: true,
  ETHICAL: true,
  TRUST: false,
  BENEFIT: true,
  OUTPUT: false,
  REFLECTION: false,
  REFINEMENT: false,
};

type Signed = Awaited<ReturnType<Reading['signed']>>;

function changedSince(
  earlier: Earlier,
  before: Signed,
  now: Signed,
  names: NameLookup,
): { since: string; list: Change[] } {
  const when = inFullWords(earlier.round.openedAt);
  const list = [
    ...differences(before.core, now.core, names),
    ...differences(before.cover, now.cover, names, ['Covering text']),
  ];
  const since = earlier.isOwn
    ? `Compared with the version you last answered, of ${when}:`
    : `You have not answered an earlier version. Compared with the one of ${when}:`;
  return { since, list };
}

async function othersAsked(reading: Reading, round: Round, person: string, names: NameLookup) {
  const answers = round.blind
    ? []
    : round.decisions.filter((decision) => decision.withdrawn === null && decision.person !== person);
  const texts = await reading.texts(
    answers.flatMap(({ dissent, conditions }) => [dissent, ...conditions.map(({ value }) => value)]),
  );
  return {
    others: round.asked
      .filter((asked) => asked.person !== person)
      .map((asked) => ({
        name: names(asked.person) ?? asked.person,
        organisation: names(asked.organisation) ?? asked.organisation,
        answer: round.blind
          ? 'hidden until the round closes'
          : answerOf(effectiveDecision(round, asked.person)),
      })),
    conditions: answers.flatMap((decision) => decision.conditions.map((condition) => said(condition, texts))),
    dissents: answers.flatMap(({ dissent, roles }) => {
      const text = dissent === null ? undefined : texts.get(dissent);
      return text === undefined ? [] : [{ role: roles.map((role) => ROLE_LABEL[role]).join(', '), text }];
    }),
  };
}

function answerOf(decision: Decision | null): string {
  return decision === null ? 'not yet' : CHOICE_DONE[decision.choice];
}

function said({ kind, value }: Condition, texts: Map<string, string>): string {
  const plain = kind === 'EARLIER_EXPIRY' ? inFullWords(value) : (texts.get(value) ?? value);
  return kind === 'REVIEW_BEFORE_SHARING' ? CONDITION_LABEL[kind] : `${CONDITION_LABEL[kind]}: ${plain}`;
}

/** What happens on each answer. */
function effectOf(choice: Choice, kind: CheckpointKind): string {
  const effects: Record<Choice, string> = {
    APPROVED: `Your approval counts. When everybody needed has approved, ${WHEN_SETTLED[kind]}`,
    APPROVED_WITH_CONDITIONS:
      'Your approval counts, and your conditions narrow what may be read or shown. Set them below.',
    CHANGES_REQUESTED:
      'It does not go ahead as it stands. Your reason goes to the person who asked, who may bring a new version.',
    REJECTED: 'It does not go ahead as it stands. You need not say why.',
    ABSTAINED: 'You take part without deciding. It goes ahead only if enough others approve.',
  };
  return effects[choice];
}
