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
import { told } from './told';
import type { Told } from './told';
import { failing } from './verdict';
import type { Findings } from './verdict';

/** What whoever verifies brings along. */
export interface Given {
  /** Verifier keys of the log, known otherwise. */
  keys: readonly string[];
  /** Signed heads kept from before, mailed or cosigned: notes. */
  checkpoints?: readonly string[];
  /** Receipts kept from before, to be found in an export. */
  receipts?: readonly string[];
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
  if (first === undefined) throw failing('verifier.key.none');
  let trusted = given.length > 0 ? [...given] : [first];
  const notes = handovers.map(readHandover);
  // As often as one key led to another.
  for (let i = 0; i <= notes.length; i += 1)
    for (const { note, next } of notes) {
      const states = await Promise.all([...trusted, next].map((key) => signedBy(note, key)));
      if (states.includes('FORGED') || states.at(-1) !== 'SIGNED')
        throw failing('verifier.handover.unsigned');
      if (states.slice(0, -1).includes('SIGNED') && !knows(trusted, next)) trusted = [...trusted, next];
    }
  for (const key of inside)
    if (!knows(trusted, key)) throw failing('verifier.key.untrusted', { key: verifierText(key) });
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
  throw failing('verifier.key.malformed');
}

function readHandover(text: string): { note: Note; next: VerifierKey } {
  const note = parseNote(text);
  const [, kind, next = '', ...rest] = (note?.text ?? '').split('\n');
  if (note === null || kind !== 'hand-over' || rest.join('') !== '')
    throw failing('verifier.handover.unreadable');
  return { note, next: readKey(next) };
}

/** The head in a signed note, signed by a key that is trusted. */
export async function signedHead(
  text: string,
  trusted: readonly VerifierKey[],
  what: Told,
): Promise<TreeHead & { note: Note }> {
  const note = parseNote(text);
  const head = note && parseCheckpoint(note.text);
  if (!note || !head) throw failing('verifier.head.none', { what });
  const states = await Promise.all(trusted.map((key) => signedBy(note, key)));
  if (states.includes('FORGED')) throw failing('verifier.head.forged', { what });
  if (!states.includes('SIGNED')) throw failing('verifier.head.unsigned', { what });
  if (!trusted.some(({ name }) => name === head.origin))
    throw failing('verifier.head.otherLog', { what, origin: head.origin });
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
    await findings.check(told('verifier.head.given', { number: `${i + 1}` }), async () => {
      const known = await signedHead(text, trusted, told('verifier.head.given', { number: `${i + 1}` }));
      compareHead(head, known, proofs, findings);
    });
}

/** Compares the head with one that is given. */
export function compareHead(
  head: TreeHead,
  known: TreeHead,
  proofs: ReadonlyMap<number, readonly Uint8Array[]>,
  findings: Findings,
): void {
  const size = `${known.size}`;
  if (known.size > head.size) {
    findings.unproven.push(told('verifier.head.newer', { size }));
  } else if (known.size === head.size) {
    if (!sameBytes(known.root, head.root)) throw failing('verifier.head.splitView', { size });
    findings.proved.push(told('verifier.head.same', { size }));
  } else {
    const path = proofs.get(known.size);
    if (path === undefined) {
      findings.unproven.push(told('verifier.head.noProof', { size }));
      return;
    }
    if (!isConsistent(known, head, path)) throw failing('verifier.head.notExtended', { size });
    findings.proved.push(told('verifier.head.extended', { size }));
  }
}

/** Between which times the head was seen by witnesses. */
export async function witnessed(
  note: Note,
  witnesses: readonly VerifierKey[],
  findings: Findings,
): Promise<void> {
  for (const key of witnesses) {
    const { name } = key;
    const at = await cosignedAt(note, key);
    if (at === 'FORGED') findings.fail(told('verifier.witness.forged', { name }));
    else if (at === null) findings.asserted.push(told('verifier.witness.absent', { name }));
    else findings.proved.push(told('verifier.witness.saw', { name, at: new Date(at * 1000).toISOString() }));
  }
}
