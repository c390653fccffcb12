// The data dictionary of a deposit, in the holder's words: what each variable means, and what cannot be.
import type { Instant, PersonId, Text } from '../words';

export interface Variable {
  field: string;
  label: Text;
  /** How it came to be recorded. */
  context: Text | null;
  /** What is known to be wrong with it. */
  flaws: Text | null;
  codes: { code: string; meaning: Text }[];
}

/** A combination of codes that cannot occur: an empty cell that tells nothing of anybody. */
export type StructuralZero = Record<string, string>;

export interface DictionaryTerms {
  deposit: string;
  variables: Variable[];
  structuralZeros: StructuralZero[];
}

export interface DictionaryEvents {
  DictionaryGiven: DictionaryTerms & { person: PersonId };
  /** As catalogue metadata: outside gate and waves, since it holds no data. */
  DictionaryPublished: { deposit: string; person: PersonId };
}

export interface DictionaryCommands {
  GiveDictionary: DictionaryTerms;
  PublishDictionary: { deposit: string };
}

export interface Dictionary extends DictionaryTerms {
  person: PersonId;
  at: Instant;
  published: { person: PersonId; at: Instant } | null;
}

export interface DictionaryState {
  dictionaries: Record<string, Dictionary>;
}
