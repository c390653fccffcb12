// Parts of a state that grow by thousands are lists in the order of their entries: adding to a list of ten thousand copies
// pointers, adding to a record of as many copies every key.

interface Identified {
  readonly id: string;
}

/** What carries this id; there is one at most. */
export const withId = <T extends Identified>(list: readonly T[], id: string): T | undefined =>
  list.find((each) => each.id === id);

/** The same list with what carries this id changed. The very same list, if nothing carries it. */
export function changed<T extends Identified>(list: T[], id: string, change: (each: T) => T): T[] {
  const at = list.findIndex((each) => each.id === id);
  const found = list[at];
  return found ? list.with(at, change(found)) : list;
}
