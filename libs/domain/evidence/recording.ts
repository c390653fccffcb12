// What an item of evidence must bring to be recorded, kind by kind.
import { withId } from '../listed';
import type { Refused } from '../decide/context';
import { refuse } from '../refusal';
import { requestStatus } from '../rules/requests';
import type { PersonId, RequestStatus } from '../words';
import type { Place } from './place';
import { mayRead } from './rules';
import type { EvidenceCommands, EvidenceKind } from './terms';

type Recording = EvidenceCommands['RecordEvidence'];

/** Answers after which nobody but the holder has seen the data. */
const NOT_HAD: readonly RequestStatus[] = ['REFUSED', 'NOT_OBTAINED', 'LAPSED'];

/** What cannot be told without words. A document or a mail may have them in its file; a call may stand by itself. */
const NEEDS_WORDS: Record<EvidenceKind, boolean> = {
  ...{ COMMENT: true, MINUTES: true },
  ...{ DOCUMENT: false, EMAIL: false, CALL: false, REA: false },
};

const invalid = (rule: string, reason: string, remedy: string) => refuse('INVALID', rule, reason, remedy);

/** Null where nothing stands against recording it. */
export function recordingRefusal(place: Place, by: PersonId, command: Recording): Refused | null {
  return (
    wordsRefusal(command) ??
    assessmentRefusal(place, command) ??
    peopleRefusal(place, command) ??
    originRefusal(place, by, command) ??
    minutesRefusal(place, command) ??
    unseenRefusal(place, command)
  );
}

function wordsRefusal({ kind, text, participants }: Recording): Refused | null {
  if (NEEDS_WORDS[kind] && text === null)
    return invalid('NO_WORDS', `${kind} without words says nothing`, 'give the text');
  const isNotes = kind === 'MINUTES' || (kind === 'CALL' && text !== null);
  return isNotes && participants.length === 0
    ? invalid(
        'NOBODY_PRESENT',
        'notes become agreed by those present, and nobody is named',
        'name who was present',
      )
    : null;
}

/** B17: an assessment without a bound or without its limits would pass for more than it is. */
function assessmentRefusal({ now }: Place, { kind, assessment }: Recording): Refused | null {
  if ((kind === 'REA') !== (assessment !== null))
    return invalid(
      'ASSESSMENT',
      kind === 'REA'
        ? 'a Rapid Evidence Assessment has a protocol, a bounded search, findings and limits'
        : `${kind} has no protocol, search, findings and limits`,
      kind === 'REA' ? 'give all four' : 'record it as REA, or leave the assessment out',
    );
  if (assessment === null) return null;
  const { from, to } = assessment.search;
  return from < to && to <= now
    ? null
    : invalid(
        'SEARCH_UNBOUNDED',
        `the search runs from ${from} to ${to}, which is no period in the past`,
        'say which period was searched',
      );
}

function peopleRefusal(place: Place, { participants, attribution }: Recording): Refused | null {
  if (new Set(participants).size !== participants.length)
    return invalid('NAMED_TWICE', 'somebody is named twice', 'name each person once');
  const named = attribution.type === 'PERSON' ? [...participants, attribution.person] : participants;
  // Somebody who was present may have left since.
  const unknown = named.find((person) => !place.programme.people[person]);
  if (unknown !== undefined)
    return invalid('UNKNOWN_PERSON', `${unknown} was never on the roster`, 'count them among the others');
  const organisation = attribution.type === 'ROLE' ? attribution.organisation : null;
  return organisation !== null && !place.programme.organisations[organisation]
    ? invalid('UNKNOWN_ORGANISATION', `the organisation ${organisation} is unknown`, 'check the id')
    : null;
}

function originRefusal(place: Place, by: PersonId, { provenance }: Recording): Refused | null {
  if (provenance.dated > place.now)
    return invalid(
      'IN_THE_FUTURE',
      `${provenance.dated} has not come yet`,
      'say when it was made or took place',
    );
  const missing = provenance.derivedFrom.find((id) => {
    const source = withId(place.stream.evidence, id);
    return !source || !mayRead(place.programme, source, by, place.now);
  });
  return missing === undefined
    ? null
    : refuse(
        'NOT_FOUND',
        'UNKNOWN_EVIDENCE',
        `there is no evidence ${missing} that you can read`,
        'check the id',
      );
}

/** "Cited, not seen" is said of data that was asked for and not had, and of nothing else: it would discredit what anyone can check. */
function unseenRefusal({ project }: Place, { unseen }: Recording): Refused | null {
  if (unseen == null) return null;
  const request = project?.requests[unseen];
  if (!request)
    return refuse(
      'NOT_FOUND',
      'UNKNOWN_REQUEST',
      `there is no request ${unseen} in this stream`,
      'name the request that was refused, in its own project',
    );
  const status = requestStatus(request);
  return NOT_HAD.includes(status)
    ? null
    : refuse(
        'CONFLICT',
        'NOT_REFUSED',
        `${unseen} is ${status}: its data was not kept back`,
        'leave "unseen" out',
      );
}

/** Minutes of a meeting are of those who attended it, as its attendance says. */
function minutesRefusal(place: Place, { kind, meeting, participants }: Recording): Refused | null {
  if (meeting === null) return null;
  const found = place.stream.meetings[meeting];
  if (kind !== 'MINUTES' || !found)
    return invalid(
      'UNKNOWN_MEETING',
      `${kind} belongs to no meeting ${meeting}`,
      'check the id, or leave it out',
    );
  const attended = found.attendance?.present;
  if (!attended)
    return refuse(
      'CONFLICT',
      'NO_ATTENDANCE',
      `who attended ${meeting} is not recorded`,
      'record attendance first',
    );
  const isAlike = attended.length === participants.length && attended.every((p) => participants.includes(p));
  return isAlike
    ? null
    : invalid(
        'NOT_THOSE_PRESENT',
        `others attended ${meeting} than are named here`,
        'name exactly those who attended',
      );
}
