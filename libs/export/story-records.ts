// What the story tells of a project's papers: what it rests on, minutes and other evidence, meetings, and what was done.
import { roundAbout, roundStatus } from '#libs/domain';
import type { Evidence, Meeting } from '#libs/domain';
import type { Language } from '#libs/language';
import { evidenceShown, worded } from './shown';
import type { Telling } from './shown';

export function records(telling: Telling, language: Language) {
  const { programme, project } = telling.world;
  return {
    ...approvals(telling, language),
    evidence: evidenceShown(telling).map((each) => evidenceTold(telling, each, language)),
    meetings: [...Object.values(programme.meetings), ...Object.values(project.meetings)].map((each) =>
      meetingTold(telling, each, language),
    ),
    actions: Object.values(project.actions).map(({ what, due, effect, organisation, reports }) => ({
      ...{
        what: sayer(telling, language)(what),
        effect: sayer(telling, language)(effect),
        due,
      },
      by: worded(telling, programme.organisations[organisation]?.name ?? null) ?? organisation,
      reports: reports.map(({ status, text, at }) => ({
        ...{ status: language.t(`actionStatus.${status}`), text: sayer(telling, language)(text) },
        at: language.moment(at),
      })),
    })),
  };
}

/** What everything rests on: agreements, ethical approvals, boundaries; each with what became of its sign-offs. */
function approvals({ world, now, contents }: Telling, { t, moment, list }: Language) {
  const { programme, project } = world;
  const standing = (
    side: typeof programme | typeof project,
    kind: 'AGREEMENT' | 'LEGAL' | 'ETHICAL',
    id: string,
  ) => {
    const round = roundAbout(side.checkpoints, kind, id);
    return t('story.signed', {
      what: t(`kind.${kind}`),
      status: round ? t(`round.${roundStatus(programme, kind, round, now)}`) : t('story.notAsked'),
    });
  };
  return {
    agreements: programme.agreements.map(({ id, expires, content: { core } }) => ({
      ...{ id, core, isThere: contents.has(core), expires: moment(expires) },
      standing: [standing(programme, 'AGREEMENT', id)],
    })),
    ethics: project.ethics.map(({ id, expires, endedAt }) => ({
      ...{ id, expires: moment(expires), endedAt: endedAt && moment(endedAt) },
    })),
    boundaries: project.boundaries.map(({ id, amends, scope, content: { core } }) => ({
      ...{ id, amends, core, isThere: contents.has(core), expires: moment(scope.expires) },
      ...{ purposes: list(scope.purposes), tier: t(`tier.${scope.tier}`) },
      standing: [standing(project, 'LEGAL', id), standing(project, 'ETHICAL', id)],
    })),
  };
}

/** Notes are drafts until those present agreed to the same words. */
function evidenceTold(
  telling: Telling,
  { kind, title, versions, participants, recordedAt }: Evidence,
  language: Language,
) {
  const { t, moment } = language;
  const last = versions.at(-1);
  return {
    ...{ kind: t(`evidence.${kind}`), title: sayer(telling, language)(title), at: moment(recordedAt) },
    text: last ? sayer(telling, language)(last.text) : null,
    agreed:
      last && participants.length > 0
        ? t('story.agreed', { agreed: last.agreed.length, present: participants.length })
        : null,
  };
}

function meetingTold(telling: Telling, meeting: Meeting, language: Language) {
  const { t, moment } = language;
  const { attendance, cancelled, summary } = meeting;
  return {
    ...{ startsAt: moment(meeting.startsAt), title: sayer(telling, language)(meeting.title) },
    summary: summary && worded(telling, summary.text),
    attendance: attendance && t('story.attended', { people: attendance.present.length + attendance.others }),
    cancelled: cancelled && t('story.cancelled', { reason: sayer(telling, language)(cancelled.reason) }),
  };
}

const sayer =
  (telling: Telling, { t }: Language) =>
  (text: string): string =>
    worded(telling, text) ?? t('story.noWords');
