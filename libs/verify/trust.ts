// Who vouches for a signed head: keys given from outside, keys they handed over to, witnesses, and heads known before.
import {
  cosignedAt,
  isConsistent,
  parseCheckpoint,
  parseNote,
  parseVerifier,
  sameBytes,
  signedBy,
  verifierText,
} from '#libs/log';
import type { Note, TreeHead, VerifierKey } from '#libs/log';
import { Failed } from './verdict';
import type { Findings } from './verdict';

/** What whoever verifies brings along. */
export interface Given {
  /** Verifier keys of the log, known otherwise. */
  keys: readonly string[];
  /** Signed heads kept from before, mailed or cosigned: notes. */
  checkpoints?: readonly string[];
  /** Verifier keys of witnesses. */
  witnesses?: readonly string[];
}

/** A key from outside that cannot be read is the caller's mistake, not the bundle's. */
export const givenKeys = (texts: readonly string[]): VerifierKey[] =>
  texts
    .flatMap((text) => text.split('\n'))
    .filter((line) => line.trim() !== '')
    .map(parseVerifier);

/** Keys named inside: a line that is none, or that nothing leads to, is a finding. */
export async function trustedKeys(
  given: readonly VerifierKey[],
  named: readonly string[],
  handovers: readonly string[],
): Promise<VerifierKey[]> {
  const inside = named.map((text) => readKey(text));
  const [first] = inside;
  if (first === undefined) throw new Failed('No key of the log is named.');
  let trusted = given.length > 0 ? [...given] : [first];
  const notes = handovers.map(readHandover);
  // As often as one key led to another.
  for (let i = 0; i <= notes.length; i += 1)
    for (const { note, next } of notes) {
      const states = await Promise.all([...trusted, next].map((key) => signedBy(note, key)));
      if (states.includes('FORGED') || states.at(-1) !== 'SIGNED')
        throw new Failed('A note by which a key handed over is not signed by it.');
      if (states.slice(0, -1).includes('SIGNED') && !knows(trusted, next)) trusted = [...trusted, next];
    }
  for (const key of inside)
    if (!knows(trusted, key))
      throw new Failed(
        `The key ${verifierText(key)} is named, and no key that is trusted handed over to it.`,
      );
  return trusted;
}

const knows = (keys: readonly VerifierKey[], key: VerifierKey): boolean =>
  keys.some((each) => verifierText(each) === verifierText(key));

function readKey(text: string): VerifierKey {
  try {
    const key = parseVerifier(text);
    if (verifierText(key) === text) return key;
  } catch {
    // Said below, in the words of the bundle.
  }
  throw new Failed('A key of the log is not written as verifier keys are.');
}

function readHandover(text: string): { note: Note; next: VerifierKey } {
  const note = parseNote(text);
  const [, kind, next = '', ...rest] = (note?.text ?? '').split('\n');
  if (note === null || kind !== 'hand-over' || rest.join('') !== '')
    throw new Failed('A note by which a key handed over cannot be read.');
  return { note, next: readKey(next) };
}

/** The head in a signed note, signed by a key that is trusted. */
export async function signedHead(
  text: string,
  trusted: readonly VerifierKey[],
  what: string,
): Promise<TreeHead & { note: Note }> {
  const note = parseNote(text);
  const head = note && parseCheckpoint(note.text);
  if (!note || !head) throw new Failed(`${what} is no signed head of a log.`);
  const states = await Promise.all(trusted.map((key) => signedBy(note, key)));
  if (states.includes('FORGED'))
    throw new Failed(`${what} carries a signature of the log's key that does not fit.`);
  if (!states.includes('SIGNED'))
    throw new Failed(`${what} is signed by none of the log's keys that are trusted here.`);
  if (!trusted.some(({ name }) => name === head.origin))
    throw new Failed(`${what} is of another log, ${head.origin}.`);
  return { ...head, note };
}

/** Compares the head with heads known before; what could not be compared is said. */
export async function compareHeads(
  head: TreeHead,
  { checkpoints = [] }: Given,
  trusted: readonly VerifierKey[],
  proofs: ReadonlyMap<number, readonly Uint8Array[]>,
  findings: Findings,
): Promise<void> {
  for (const [i, text] of checkpoints.entries())
    await findings.check(`Head ${i + 1}`, async () => {
      const known = await signedHead(text, trusted, `The head given (${i + 1})`);
      const at = `the head of ${known.size} entries given`;
      if (known.size > head.size) {
        findings.unproven.push(
          `${at} is newer than it: what came after is not in it, and nothing here shows that the log only grew`,
        );
      } else if (known.size === head.size) {
        if (!sameBytes(known.root, head.root))
          throw new Failed(
            `Split view: for ${head.size} entries there are two signed heads with different roots. Keep both: they prove it.`,
          );
        findings.proved.push(`Its head is ${at}.`);
      } else {
        const path = proofs.get(known.size);
        if (path === undefined) {
          findings.unproven.push(`it has no proof from ${at}, which the log's tiles would give`);
          return;
        }
        if (!isConsistent(known, head, path))
          throw new Failed(
            `The log does not extend ${at}: its past was changed. Keep both heads: they prove it.`,
          );
        findings.proved.push(`The log extends ${at}: nothing before was altered or removed.`);
      }
    });
}

/** Between which times the head was seen by witnesses. */
export async function witnessed(note: Note, { witnesses = [] }: Given, findings: Findings): Promise<void> {
  for (const key of givenKeys(witnesses)) {
    const at = await cosignedAt(note, key);
    if (at === 'FORGED') findings.fail(`The cosignature of ${key.name} does not fit.`);
    else if (at === null) findings.asserted.push(`${key.name} has not cosigned this head.`);
    else
      findings.proved.push(
        `${key.name} saw this head by ${new Date(at * 1000).toISOString()}, and the log only grow until then.`,
      );
  }
}
