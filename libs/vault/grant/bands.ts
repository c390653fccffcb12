// Bands of whole numbers, such as ages: one way to name them, on the holder's machine and in the engine.

/** The names of the bands with these lower bounds: 0, 16, 65 → 0-15, 16-64, 65+. */
export function bandLabels(bounds: readonly number[]): string[] {
  return bounds.map((_bound, at) => labelAt(bounds, at));
}

/** The band a number lies in; null below the first bound, or where the text is no number. */
export function bandOf(bounds: readonly number[], text: string): string | null {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isNaN(value)) return null;
  const at = bounds.findLastIndex((bound) => bound <= value);
  return at === -1 ? null : labelAt(bounds, at);
}

function labelAt(bounds: readonly number[], at: number): string {
  const [lower, next] = [bounds[at] ?? 0, bounds[at + 1]];
  if (next === undefined) return `${lower}+`;
  return next - 1 === lower ? String(lower) : `${lower}-${next - 1}`;
}
