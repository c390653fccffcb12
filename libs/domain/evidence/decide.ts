// Commands on the register of evidence: recording, files, audience, and how notes become agreed.
import { withId } from '../listed';
import type { Refusal } from '../refusal';
import { refuse } from '../refusal';
import type { PersonId } from '../words';
import type { Deciding, Place } from './place';
import { present } from './place';
import { recordingRefusal } from './recording';
import { isNotes, isReliedOn, isWider, mayRead, notesStatus } from './rules';
import type { Evidence, EvidenceCommands, EvidenceEvents } from './terms';
import { usingHandlers } from './using';

export type EvidenceHandlers = Deciding<EvidenceCommands, EvidenceEvents>;

/** An item the acting person may read; one they may not looks like one that does not exist. */
export function readable(
  place: Place,
  id: string,
): { ok: true; item: Evidence; person: PersonId } | { ok: false; refusal: Refusal } {
  const by = present(place);
  if (!by.ok) return by;
  const item = withId(place.stream.evidence, id);
  if (!item || !mayRead(place.programme, item, by.person, place.now))
    return refuse(
      'NOT_FOUND',
      'UNKNOWN_EVIDENCE',
      `there is no evidence ${id} that you can read`,
      'check the id',
    );
  return { ok: true, item, person: by.person };
}

const onlyItsAuthor = (what: string) =>
  refuse('FORBIDDEN', 'NOT_ITS_AUTHOR', `only its author ${what}`, 'ask the author');

const recordEvidence: EvidenceHandlers['RecordEvidence'] = (place, command) => {
  const by = present(place);
  if (!by.ok) return by;
  const refused = recordingRefusal(place, by.person, command);
  if (refused) return refused;
  const evidence = `ev${place.stream.evidence.length + 1}`;
  return { ok: true, events: [{ type: 'EvidenceRecorded', data: { evidence, ...command } }] };
};

const storeFile: EvidenceHandlers['StoreEvidenceFile'] = (place, command) => {
  const found = readable(place, command.evidence);
  if (!found.ok) return found;
  if (found.item.author !== found.person) return onlyItsAuthor('adds its file');
  if (found.item.file)
    return refuse(
      'CONFLICT',
      'HAS_A_FILE',
      'this item has its file, which is never replaced',
      'record a new item derived from this one',
    );
  return { ok: true, events: [{ type: 'EvidenceFileStored', data: command }] };
};

/**
 * Wider at any time by its author alone, since whoever entrusted it to a small circle must be able to rely on that; narrower only
 * until somebody builds on it (they could no longer show what they cited), never once public (T10: what was published cannot
 * be recalled), and never notes that those present have agreed (they are theirs as well).
 */
const changeAudience: EvidenceHandlers['ChangeAudience'] = (place, command) => {
  const found = readable(place, command.evidence);
  if (!found.ok) return found;
  const { item } = found;
  if (item.author !== found.person) return onlyItsAuthor('changes who reads it');
  if (command.audience === item.audience)
    return refuse(
      'CONFLICT',
      'SAME_AUDIENCE',
      `its audience is ${item.audience}`,
      'nothing needs to be done',
    );
  const notes = notesStatus(place.programme, item, place.now);
  if (isWider(command.audience, item.audience)) {
    if (command.audience === 'PUBLIC' && notes === 'DRAFT')
      return refuse(
        'CONFLICT',
        'NOTES_ARE_DRAFT',
        'notes are published only once those present have agreed to them',
        'have them agreed or amended first',
      );
  } else if (item.audience === 'PUBLIC' || isReliedOn(item) || notes === 'AGREED') {
    return refuse(
      'CONFLICT',
      'RELIED_ON',
      'it is public, agreed by those present, or others have built on it, so it is not taken out of their sight',
      'record what is wrong with it as a new item',
    );
  }
  return { ok: true, events: [{ type: 'AudienceChanged', data: command }] };
};

type OfNotes =
  { ok: true; item: Evidence; person: PersonId; version: number } | { ok: false; refusal: Refusal };

/** Notes, and the acting person as one of those present. */
function notesFor(place: Place, id: string): OfNotes {
  const found = readable(place, id);
  if (!found.ok) return found;
  const version = found.item.versions.at(-1)?.version;
  if (!isNotes(found.item) || version === undefined)
    return refuse(
      'CONFLICT',
      'NO_NOTES',
      `${id} holds no notes to agree to`,
      'comment on it with a new item',
    );
  if (!found.item.participants.includes(found.person))
    return refuse(
      'FORBIDDEN',
      'NOT_PRESENT',
      'only those who were present agree or amend notes',
      'record a comment of your own',
    );
  return { ...found, version };
}

const amendNotes: EvidenceHandlers['AmendNotes'] = (place, { evidence, text }) => {
  const notes = notesFor(place, evidence);
  if (!notes.ok) return notes;
  if (isReliedOn(notes.item))
    return refuse(
      'CONFLICT',
      'RELIED_ON',
      'others have built on these words as they were agreed',
      'record a correction as a new item',
    );
  const data = { evidence, version: notes.version + 1, text };
  return { ok: true, events: [{ type: 'NotesAmended', data }] };
};

const agreeNotes: EvidenceHandlers['AgreeNotes'] = (place, { evidence, version }) => {
  const notes = notesFor(place, evidence);
  if (!notes.ok) return notes;
  if (version !== notes.version)
    return refuse(
      'STALE',
      'NOTES_AMENDED',
      `these notes are at version ${notes.version}; you read version ${version}`,
      'read them again, then agree or amend',
    );
  if (notes.item.versions.at(-1)?.agreed.some((a) => a.person === notes.person))
    return refuse('CONFLICT', 'ALREADY_AGREED', 'you have agreed to these words', 'nothing needs to be done');
  const data = { evidence, version, person: notes.person };
  return { ok: true, events: [{ type: 'NotesAgreed', data }] };
};

export const evidenceHandlers: EvidenceHandlers = {
  RecordEvidence: recordEvidence,
  StoreEvidenceFile: storeFile,
  ChangeAudience: changeAudience,
  AmendNotes: amendNotes,
  AgreeNotes: agreeNotes,
  ...usingHandlers(readable),
};
