// Commits to the free texts of a command in one go: entries hold commitments, the words lie apart and can be erased.
import { commitText } from '#libs/ledger';
import type { ProjectCommand } from '#libs/domain';

/** The command with each of its texts so named replaced by its commitment, and the texts themselves; null stays null. */
export function committed<C extends ProjectCommand>(words: C, ...names: string[]) {
  const texts = Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
    names.includes(key) && typeof value === 'string' ? [{ key, text: commitText(value) }] : [],
  );
  const replaced = Object.fromEntries(texts.map(({ key, text }) => [key, text.commitment]));
  const command: C = { ...words, ...replaced };
  return { command, texts: texts.map(({ text }) => text) };
}
