// Objections of people whose data it is: the holder says under which pseudonyms, and nothing is released with them from then on.
import type { Assurance, Instant, PersonId, Text } from '../words';

export interface ObjectionEvents {
  /** `who`: the pseudonyms in the deposit, which only the holder can undo; kept apart, and erased with it. */
  ObjectionRecorded: {
    objection: string;
    request: string;
    deposit: string;
    people: number;
    who: Text;
    person: PersonId;
    assurance: Assurance;
  };
}

export interface ObjectionCommands {
  RecordObjection: { deposit: string; people: number; who: Text; assurance: Assurance };
}

export interface Objection {
  id: string;
  deposit: string;
  people: number;
  who: Text;
  person: PersonId;
  at: Instant;
}

export interface ObjectionState {
  objections: Objection[];
}
