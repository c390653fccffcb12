// The type of every message: its key, and the values its text asks for, read from the English text itself.
import type { enGB } from './catalogues/en-GB';

type English = typeof enGB;

/** The key of a message. A key that English does not have is a compile error. */
export type MessageKey = keyof English;

/** What a language has to say: exactly the keys of English. */
export type Catalogue = Readonly<Record<MessageKey, string>>;

export type Value = string | number;

/** What stands between braces, up to its comma or end. What has a blank or a # in it is the text of a plural's branch. */
type NameAt<Rest extends string> = Rest extends `${infer Until}}${string}`
  ? Until extends `${infer Name},${string}`
    ? Name
    : Until extends `${string}${' ' | '#'}${string}`
      ? never
      : Until
  : never;

/** The names of a message's values: `Dear {name}, {count, plural, one {# answer} other {# answers}}` → name, count. */
type NamesIn<Text extends string> = Text extends `${string}{${infer Rest}`
  ? NameAt<Rest> | NamesIn<Rest>
  : never;

/** The arguments after the key: none, or one object with every value the message names. */
export type ValuesOf<Key extends MessageKey> = [NamesIn<English[Key]>] extends [never]
  ? []
  : [values: Readonly<Record<NamesIn<English[Key]>, Value>>];
