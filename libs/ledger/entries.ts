// Between events and entries: an event becomes canonical text with its place in the stream, and text becomes an event again.
import { EntrySchema } from '#libs/contracts/entry';
import type { Entry } from '#libs/contracts/entry';
import type { Actor, DomainEvent, Instant, Recorded } from '#libs/domain';
import { canonicalText } from '#libs/log';
import { Refused } from './refused';
import { sha256 } from './texts';

/** Where a stream stands: its last entry's version and hash; version 0 and '' before the first. */
export interface Place {
  version: number;
  head: string;
}

export const START: Place = { version: 0, head: '' };

/** The canonical texts of events appended at `place`, in order. */
export function entryTexts(
  stream: string,
  place: Place,
  events: DomainEvent[],
  actor: Actor,
  at: Instant,
): string[] {
  const texts: string[] = [];
  let prev = place.head;
  for (const [index, { type, data }] of events.entries()) {
    const version = place.version + index + 1;
    const entry = { format: 1, stream, version, prev, at, actor, type, typeVersion: 1, data };
    const text = writable(entry);
    texts.push(text);
    prev = sha256(text);
  }
  return texts;
}

/** JSON that PostgreSQL cannot keep is refused here, where its sender can be told. */
function writable(entry: { type: string }): string {
  const because = (reason: string): Refused =>
    new Refused({
      kind: 'INVALID',
      rule: 'NOT_WRITABLE',
      reason: `${entry.type}: ${reason}`,
      remedy: 'Leave these characters out.',
    });
  try {
    const text = canonicalText(entry);
    if (/(?<!\\)(\\\\)*\\u0000/.test(text)) throw because('a text holds a NUL character.');
    return text;
  } catch (error) {
    if (error instanceof TypeError) throw because(error.message);
    throw error;
  }
}

/** The event an entry holds. The text has been checked when it was appended. */
export function recordedIn(text: string): Recorded {
  const entry = JSON.parse(text) as Entry;
  return {
    type: entry.type,
    data: entry.data,
    at: entry.at,
    actor: entry.actor,
    version: entry.version,
  } as unknown as Recorded;
}

/** Checks that `texts` continue the stream from `place`, and where they lead. Throws naming the first entry that does not. */
export function follow(stream: string, place: Place, texts: string[]): Place {
  let { version, head } = place;
  for (const text of texts) {
    const entry = EntrySchema.parse(JSON.parse(text));
    if (entry.stream !== stream || entry.version !== version + 1 || entry.prev !== head) {
      throw new Error(
        `Entry ${entry.version} of ${entry.stream} does not continue ${stream} after ${version}.`,
      );
    }
    version = entry.version;
    head = sha256(text);
  }
  return { version, head };
}
