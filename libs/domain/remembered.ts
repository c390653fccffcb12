// Pure functions of immutable states, worked out once: what a command did not touch is the same object, and need not be looked at again.

/**
 * `make`, remembered by its first argument, for the further arguments it was last called with. Only for arguments nobody
 * changes, and results nobody changes: states are copied where they differ.
 */
export function remembered<T extends object, More extends readonly unknown[], R>(
  make: (of: T, ...more: More) => R,
): (of: T, ...more: More) => R {
  const made = new WeakMap<T, { more: More; result: R }>();
  return (of, ...more) => {
    const known = made.get(of);
    if (known?.more.every((value, n) => value === more[n])) return known.result;
    const result = make(of, ...more);
    made.set(of, { more, result });
    return result;
  };
}
