// What mails about meetings and notes say; nobody is invited to what is over or cancelled, or asked for what they agreed.
import { awaitedForNotes, mayRead, withId } from '#libs/domain';
import type { Meeting, Pack } from '#libs/domain';
import type { Facts, Writing } from './facts';

const streamOf = ({ side }: Writing) => side.project ?? side.programme;

export async function meetingFacts(writing: Writing): Promise<Facts | null> {
  const { order, side, reading, language } = writing;
  const erased = language.t('mail.erased');
  const meeting = streamOf(writing).meetings[order.about];
  const isCancellation = order.purpose === 'MEETING_CANCELLED';
  if (!meeting || meeting.startsAt <= side.now || (meeting.cancelled !== null) !== isCancellation)
    return null;
  const [title, place] = await Promise.all([reading.text(meeting.title), reading.text(meeting.place)]);
  const facts: Facts = {
    ...{ about: order.about, meetingTitle: title || erased, place: place || erased },
    ...{ startsAt: meeting.startsAt, minutes: String(meeting.minutes) },
    ...(meeting.cancelled ? { reason: (await reading.text(meeting.cancelled.reason)) || erased } : {}),
  };
  if (order.purpose === 'MEETING_PACK')
    return { ...facts, decisionsNeeded: await decisionsIn(writing, meeting) };
  const { sequence, startsAt, minutes, changedAt } = meeting;
  const calendar = { sequence, startsAt, minutes, changedAt, isCancelled: isCancellation };
  return { ...facts, calendar: { ...calendar, title: facts.meetingTitle ?? '', place: facts.place ?? '' } };
}

/** `2: answer QUESTION (k3), answer the data request (r1)`. */
async function decisionsIn({ reading, language: { t } }: Writing, { pack }: Meeting): Promise<string> {
  const content = pack === null ? null : ((await reading.content(pack.content)) as Pack | null);
  const decisions = content?.decisions ?? [];
  if (decisions.length === 0) return t('mail.noDecisions');
  const each = decisions.map(({ what, about }) => t('mail.decision', { what, about }));
  return t('mail.decisions', { count: decisions.length, decisions: each.join(', ') });
}

export function notesFacts(writing: Writing): Facts | null {
  const { order, side, reading } = writing;
  const item = withId(streamOf(writing).evidence, order.about);
  if (!item || !awaitedForNotes(side.programme, item, side.now).includes(order.person)) return null;
  if (!mayRead(side.programme, item, order.person, side.now)) return null;
  return { about: order.about, askedBy: reading.organisationOf(side, item.author, item.recordedAt) };
}
