// RFC 8785 (JCS): the one text of a JSON value. Own code because the usual package cannot be loaded from CommonJS.

/**
 * ECMAScript's JSON.stringify already writes numbers and strings as RFC 8785 asks; what is left is the order of members
 * (by UTF-16 code units, as `sort` compares) and refusing what JSON or UTF-8 cannot carry. Members that are undefined are
 * left out. Throws TypeError.
 */
export function canonicalText(value: unknown): string {
  if (value === null || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'string') return stringText(value);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value === 'object') return objectText(value as Record<string, unknown>);
  throw new TypeError(`A ${typeof value} has no JSON text.`);
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`${value} has no JSON text.`);
  return JSON.stringify(value);
}

function stringText(value: string): string {
  if (!value.isWellFormed()) throw new TypeError('A text with half a surrogate pair has no UTF-8 form.');
  return JSON.stringify(value);
}

function objectText(value: Record<string, unknown>): string {
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${stringText(key)}:${canonicalText(value[key])}`);
  return `{${members.join(',')}}`;
}

/** Whether `text` is the canonical text of `value`, which was parsed from it. */
export function isCanonical(text: string, value: unknown): boolean {
  // What JSON.stringify writes differs from RFC 8785 in the order of members and in half surrogate pairs alone.
  if (!/\\u[dD]/.test(text) && text.isWellFormed() && JSON.stringify(value) === text) return isSorted(value);
  try {
    return canonicalText(value) === text;
  } catch {
    return false;
  }
}

/** Members in the order of RFC 8785, at every depth. */
function isSorted(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isSorted);
  let before = '';
  for (const [key, member] of Object.entries(value)) {
    if (key < before || !isSorted(member)) return false;
    before = key;
  }
  return true;
}
