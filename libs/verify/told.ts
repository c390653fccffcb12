// What the verifier has to say, before it is said in any language: the key of a message, and the values that go into it.
import type { MessageKey, Say, Value, ValuesOf } from '#libs/language';

export type VerdictKey = Extract<MessageKey, `verifier.${string}`>;

/** A message to be said. Where something is, or why, may be a message of its own. */
export interface Told {
  readonly key: VerdictKey;
  readonly values: Readonly<Record<string, Value | Told>>;
}

/** Values that are said in words; all others are data. */
type InWords = 'what' | 'where' | 'why' | 'before' | 'next' | 'entries';

export type Telling<Key extends VerdictKey> =
  ValuesOf<Key> extends [infer Values]
    ? [values: { readonly [Name in keyof Values]: Name extends InWords ? Told : Value }]
    : [];

export function told<Key extends VerdictKey>(key: Key, ...[values]: Telling<Key>): Told {
  return { key, values: values ?? {} };
}

/** A message in words. Which values it needs was checked where it was told. */
export function inWords({ key, values }: Told, say: Say): string {
  const said = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'object' ? inWords(value, say) : value,
  ]);
  return (say as (key: VerdictKey, values: object) => string)(key, Object.fromEntries(said) as object);
}
