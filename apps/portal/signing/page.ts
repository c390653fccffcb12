// Makes the sign-off page of one person's item: what is signed, what changed, who else is asked, what each answer does.
import {
  askedSince,
  awaitsCountersignature,
  delegationOf,
  delegationTo,
  effectiveDecision,
  neutralFor,
  reminderDue,
  shifted,
  tenureAt,
} from '#libs/domain';
import type {
  Checkpoint,
  CheckpointKind,
  Choice,
  Condition,
  Decision,
  Instant,
  ProgrammeState,
  Round,
} from '#libs/domain';
import type { Language, Say } from '#libs/language';
import { CHOICES_SHOWN, contentCode, showContent } from '#libs/web';
import type { NameLookup } from '#libs/web';
import { addressOf, deputyAt, waitingOf } from '../items';
import { citedEvidence, evidenceShown } from '../evidence/cited';
import type { Item } from '../items';
import type { Reading, Side } from '../reading';
import { changedSince, coverChange, lastSigned } from './changes';
import { quorumWords } from './quorum';
import type { QuorumTimes } from './quorum';

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
export async function signPage(
  reading: Reading,
  side: Side,
  item: Item,
  { checkpoint, round }: Found,
  language: Language,
) {
  const { t, moment, remaining } = language;
  const earlier = lastSigned(side, checkpoint, round, item.person);
  const [signed, before, title] = await Promise.all([
    reading.signed(round.content),
    earlier && reading.signed(earlier.content),
    reading.title(side, t),
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
    side.project === null
      ? round.deadline
      : shifted(side.project, askedSince(round), round.deadline, side.now);
  const cited = citedEvidence(side, round, item.person, [signed.core, signed.cover]);
  const others = await othersAsked(reading, side, round, item.person, names, language);
  return {
    title: t(`kind.${checkpoint.kind}`),
    project: title,
    addressee: names(item.person) ?? t('page.colleague'),
    askedBy: who(names, round.proposer, proposerOrg(side, round), t),
    askedAbout: t(`askedAbout.${checkpoint.kind}`),
    deadline: moment(deadline),
    remaining: remaining(side.now, deadline),
    notice: isSuspended(side) ? t('sign.suspended') : null,
    code: contentCode(round.content.core),
    content: showContent(signed, names, language),
    changed: earlier && before && changedSince(earlier, before, signed, names, language),
    coverChanged: await coverChange(reading, side, round, item.person, language),
    ...others,
    evidence: await evidenceShown(reading, addressOf(item), cited, language),
    quorum: quorumWords(round, item.person, timesOf(side, round, deadline), names, language),
    choices: CHOICES_SHOWN.map((value) => ({
      value,
      label: t(`choice.${value}`),
      effect: effectOf(value, checkpoint.kind, t),
    })),
    neutral: await neutralPeople(reading, side, item.person, round.proposer, t),
    mayAskAgain: side.project !== null,
    needsCode: round.needsCode,
    onBehalf: onBehalfOf(side, round, item.person, names, t),
    action: addressOf(item),
    waiting: waitingOf(item),
    deputy: deputyAt(item),
  };
}

/** What is still to come of a round, as suspension and haste have moved it. */
function timesOf({ project, now }: Side, round: Round, deadline: string): QuorumTimes {
  const since = askedSince(round);
  const at = (planned: string) => (project === null ? planned : reminderDue(project, since, planned, now));
  return {
    deadline,
    remindAt: round.reminders === 0 ? at(round.remindAt) : null,
    escalateAt: round.escalatedAt === null ? at(round.escalateAt) : null,
  };
}

/** For whom this person signs, where a colleague handed it to them. */
function onBehalfOf(side: Side, round: Round, person: string, names: NameLookup, t: Say): string | null {
  const delegation = delegationTo(round, person, side.now);
  return delegation && t('sign.onBehalf', { name: names(delegation.onBehalfOf) ?? t('page.somebody') });
}

/** T5: whom a reason may be told in confidence, by name; empty where nobody is neutral. */
export async function neutralPeople(reading: Reading, side: Side, person: string, proposer: string, t: Say) {
  const found = neutralFor(side, proposer, person, side.now);
  const organisation = (id: string) => organisationOf(side.programme, id, side.now);
  const names = await reading.names(side, found, found.map(organisation));
  return found.map((id) => ({ id, name: who(names, id, organisation(id), t) }));
}

function proposerOrg(side: Side, round: Round): string {
  return organisationOf(side.programme, round.proposer, round.openedAt);
}

export function organisationOf(programme: ProgrammeState, person: string, at: string): string {
  const found = programme.people[person];
  return (tenureAt(found, at) ?? found?.tenures.at(-1))?.organisation ?? '';
}

export function who(names: NameLookup, person: string, organisation: string, t: Say): string {
  const [name, of] = [names(person) ?? t('page.somebody'), names(organisation)];
  return of === undefined ? name : t('page.person', { name, organisation: of });
}

const isSuspended = ({ project }: Side): boolean =>
  project?.suspensions.some(({ to }) => to === null) ?? false;

async function othersAsked(
  reading: Reading,
  { now }: Side,
  round: Round,
  person: string,
  names: NameLookup,
  language: Language,
) {
  const { t } = language;
  const own = delegationTo(round, person, now)?.onBehalfOf;
  const answers = round.blind
    ? []
    : round.decisions.filter((decision) => decision.withdrawn === null && decision.person !== person);
  const texts = await reading.texts(
    answers.flatMap(({ dissent, conditions }) => [dissent, ...conditions.map(({ value }) => value)]),
  );
  return {
    others: round.asked
      // Whom somebody handed their part to stands with that part; the own part of this person is not another's.
      .filter((asked) => asked.onBehalfOf === undefined && asked.person !== person && asked.person !== own)
      .map((asked) => ({
        name: names(asked.person) ?? asked.person,
        organisation: names(asked.organisation) ?? asked.organisation,
        answer: round.blind ? t('did.hidden') : answerOf(round, asked.person, now, names, t),
      })),
    conditions: answers.flatMap((decision) =>
      decision.conditions.map((condition) => said(condition, texts, language)),
    ),
    dissents: answers.flatMap(({ dissent, roles }) => {
      const text = dissent === null ? undefined : texts.get(dissent);
      return text === undefined
        ? []
        : [{ role: language.list(roles.map((role) => t(`role.${role}`))), text }];
    }),
  };
}

/** What somebody answered, or the colleague they handed it to. */
function answerOf(round: Round, person: string, now: Instant, names: NameLookup, t: Say): string {
  const delegation = delegationOf(round, person, now);
  if (delegation === null) return answered(effectiveDecision(round, person), t);
  const answer = answered(effectiveDecision(round, delegation.person), t);
  return t('did.handedOn', { name: names(delegation.person) ?? t('page.somebody'), answer });
}

/** T15: what somebody else wrote down is marked, and what nobody has confirmed yet. */
function answered(decision: Decision | null, t: Say): string {
  const answer = t(`did.${decision?.choice ?? 'notYet'}`);
  if (!decision?.written) return answer;
  const { evidence } = decision.written;
  return awaitsCountersignature(decision)
    ? t('did.unconfirmed', { answer, evidence })
    : t('did.recorded', { answer, evidence });
}

export function said(
  { kind, value }: Condition,
  texts: Map<string, string>,
  { t, moment }: Language,
): string {
  const condition = t(`condition.${kind}`);
  if (kind === 'REVIEW_BEFORE_SHARING') return condition;
  const plain = kind === 'EARLIER_EXPIRY' ? moment(value) : (texts.get(value) ?? value);
  return t('condition.said', { condition, value: plain });
}

/** What happens on each answer. */
const effectOf = (choice: Choice, kind: CheckpointKind, t: Say): string =>
  choice === 'APPROVED'
    ? t('effect.APPROVED', { whenSettled: t(`whenSettled.${kind}`) })
    : t(`effect.${choice}`);
