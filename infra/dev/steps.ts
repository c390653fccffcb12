// Tells the person at the terminal what is being done, how it went and how long it took: one line each.

export type Print = (line: string) => void;

const NAME_WIDTH = 20;
/** A step that takes longer than this says that it is still at it. */
const FIRST_NOTICE_MS = 8_000;
const NEXT_NOTICE_MS = 30_000;

/**
 * Does `work` under a name. It may `say` what is going on, and resolves to what is worth showing at the end.
 * Steps may run side by side: each line stands for itself.
 */
export async function step<T extends { shown?: string } | void>(
  print: Print,
  name: string,
  work: (say: Print) => Promise<T>,
): Promise<T> {
  const began = performance.now();
  const say = (line: string) => print(`  … ${name.padEnd(NAME_WIDTH)} ${line}`);
  const stopNotices = notices(() => say(`still at it (${duration(began)})`));
  try {
    const result = await work(say);
    print(`  ✓ ${name.padEnd(NAME_WIDTH)} ${duration(began).padStart(7)}  ${result?.shown ?? ''}`.trimEnd());
    return result;
  } catch (error) {
    print(`  ✗ ${name.padEnd(NAME_WIDTH)} ${duration(began).padStart(7)}`);
    throw error;
  } finally {
    stopNotices();
  }
}

function notices(tell: () => void): () => void {
  let timer = setTimeout(again, FIRST_NOTICE_MS);
  function again() {
    tell();
    timer = setTimeout(again, NEXT_NOTICE_MS);
  }
  return () => clearTimeout(timer);
}

/** The time since `began` (of `performance.now()`), such as "0.4 s" or "2 min 40 s". */
export function duration(began: number): string {
  const seconds = (performance.now() - began) / 1000;
  if (seconds < 100) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
