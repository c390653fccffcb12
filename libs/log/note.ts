// C2SP signed notes: a text, a blank line, and signatures of named keys; Ed25519, with the key's id before each signature.
import type { webcrypto } from 'node:crypto';
import { bytesOf, concatenated, fromBase64, sameBytes, textOf, toBase64 } from './encoding';
import { sha256Bytes } from './digest';

/** Ed25519 over the note's text, and C2SP cosignature/v1, which adds a time. */
export const ALGORITHM = { ED25519: 1, COSIGNATURE: 4 } as const;
export type Algorithm = (typeof ALGORITHM)[keyof typeof ALGORITHM];

/** A key that others verify with: `<name>+<key id, hex>+<base64 of algorithm and key>`. */
export interface VerifierKey {
  name: string;
  id: Uint8Array;
  algorithm: Algorithm;
  publicKey: Uint8Array;
}

/** Whatever signs: a key that is here, or somebody who keeps one. */
export interface Signer extends VerifierKey {
  /** The Ed25519 signature, 64 bytes. */
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** A key that signs: `PRIVATE+KEY+<name>+<key id, hex>+<base64 of algorithm and seed>`. */
export interface SignerKey extends Signer {
  seed: Uint8Array;
}

export interface NoteSignature {
  name: string;
  id: Uint8Array;
  signature: Uint8Array;
}

export interface Note {
  /** With its final newline: exactly what is signed. */
  text: string;
  signatures: NoteSignature[];
}

const MOST_SIGNATURES = 100;
const KEY_BYTES = 32;
const ID_BYTES = 4;

/** SHA-256(name ‖ newline ‖ algorithm ‖ key), the first four bytes. */
export const keyId = (name: string, algorithm: Algorithm, publicKey: Uint8Array): Uint8Array =>
  sha256Bytes(concatenated(bytesOf(`${name}\n`), Uint8Array.of(algorithm), publicKey)).slice(0, ID_BYTES);

export const isKeyName = (name: string): boolean => name !== '' && !/[\s+\p{Cc}\p{Zs}]/u.test(name);

const hexOf = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

export const verifierText = ({ name, id, algorithm, publicKey }: VerifierKey): string =>
  `${name}+${hexOf(id)}+${toBase64(concatenated(Uint8Array.of(algorithm), publicKey))}`;

export const signerText = ({ name, id, algorithm, seed }: SignerKey): string =>
  `PRIVATE+KEY+${name}+${hexOf(id)}+${toBase64(concatenated(Uint8Array.of(algorithm), seed))}`;

/** Throws a TypeError that says what is wrong; the text of a private key is never repeated. */
export function parseVerifier(text: string): VerifierKey {
  const [name = '', id = '', ...encoded] = text.trim().split('+');
  const key = keyIn(name, encoded.join('+'));
  const parsed = {
    name,
    algorithm: key.algorithm,
    publicKey: key.bytes,
    id: keyId(name, key.algorithm, key.bytes),
  };
  if (hexOf(parsed.id) !== id)
    throw new TypeError('This is no verifier key: its key id is not the one of its key.');
  return parsed;
}

/** The signing key in a key file's line. */
export async function parseSigner(text: string): Promise<SignerKey> {
  const match = /^PRIVATE\+KEY\+([^+]*)\+([0-9a-f]{8})\+(.*)$/.exec(text.trim());
  if (!match) throw new TypeError('This is no signing key: it should begin with PRIVATE+KEY+ and a name.');
  const [, name = '', id, encoded = ''] = match;
  const { algorithm, bytes } = keyIn(name, encoded);
  const signer = await signerFrom(name, algorithm, bytes);
  if (hexOf(signer.id) !== id)
    throw new TypeError('This is no signing key: its key id is not the one of its key.');
  return signer;
}

function keyIn(name: string, encoded: string): { algorithm: Algorithm; bytes: Uint8Array } {
  const bytes = fromBase64(encoded);
  if (!isKeyName(name)) throw new TypeError('A key has a name without spaces and plus signs.');
  const algorithm = Object.values(ALGORITHM).find((each) => each === bytes?.[0]);
  if (algorithm === undefined || bytes?.length !== KEY_BYTES + 1)
    throw new TypeError(
      'A key is the base64 of one byte for its algorithm (Ed25519: 1, cosignature: 4) and 32 bytes.',
    );
  return { algorithm, bytes: bytes.slice(1) };
}

/** PKCS #8 (RFC 8410) of an Ed25519 seed begins so. */
const PKCS8 = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20);

const importSeed = (seed: Uint8Array): Promise<webcrypto.CryptoKey> =>
  crypto.subtle.importKey('pkcs8', concatenated(PKCS8, seed), 'Ed25519', true, ['sign']);

export async function signerFrom(name: string, algorithm: Algorithm, seed: Uint8Array): Promise<SignerKey> {
  const { x = '' } = await crypto.subtle.exportKey('jwk', await importSeed(seed));
  const publicKey = fromBase64(`${x.replaceAll('-', '+').replaceAll('_', '/')}=`);
  if (publicKey === null) throw new TypeError('The seed gives no public key.');
  const sign = (message: Uint8Array) => signed(seed, message);
  return { name, algorithm, seed, publicKey, id: keyId(name, algorithm, publicKey), sign };
}

export const newSigner = (name: string, algorithm: Algorithm): Promise<SignerKey> => {
  if (!isKeyName(name)) throw new TypeError('A key has a name without spaces and plus signs.');
  return signerFrom(name, algorithm, crypto.getRandomValues(new Uint8Array(KEY_BYTES)));
};

async function signed(seed: Uint8Array, message: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign('Ed25519', await importSeed(seed), new Uint8Array(message)));
}

export async function isSigned(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('raw', new Uint8Array(publicKey), 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', key, new Uint8Array(signature), new Uint8Array(message));
  } catch {
    return false;
  }
}

/** The text's signature line by one Ed25519 key. */
export async function noteSignature(signer: Signer, text: string): Promise<NoteSignature> {
  const { name, id } = signer;
  return { name, id, signature: await signer.sign(bytesOf(text)) };
}

export const signatureLine = ({ name, id, signature }: NoteSignature): string =>
  `— ${name} ${toBase64(concatenated(id, signature))}\n`;

export const noteText = ({ text, signatures }: Note): string =>
  `${text}\n${signatures.map(signatureLine).join('')}`;

/** The note in these bytes or this text; null if it is not exactly a signed note. Says nothing about its signatures. */
export function parseNote(note: Uint8Array | string): Note | null {
  const whole = typeof note === 'string' ? note : textOf(note);
  if (whole === null || /[\u0000-\u0009\u000b-\u001f]/.test(whole)) return null;
  const at = whole.lastIndexOf('\n\n');
  if (at < 0 || !whole.endsWith('\n')) return null;
  const lines = whole.slice(at + 2, -1).split('\n');
  const signatures = lines.map(parseSignature);
  if (signatures.length > MOST_SIGNATURES || signatures.some((signature) => signature === null)) return null;
  return { text: whole.slice(0, at + 1), signatures: signatures as NoteSignature[] };
}

/** A line `— <name> <base64>`, without its newline. */
export function parseSignature(line: string): NoteSignature | null {
  const match = /^— (\S+) (\S+)$/u.exec(line);
  const bytes = fromBase64(match?.[2] ?? '');
  const name = match?.[1] ?? '';
  if (!isKeyName(name) || bytes === null || bytes.length <= ID_BYTES) return null;
  return { name, id: bytes.slice(0, ID_BYTES), signature: bytes.slice(ID_BYTES) };
}

export const isBy = (signature: NoteSignature, key: VerifierKey): boolean =>
  signature.name === key.name && sameBytes(signature.id, key.id);

/** What a note's signatures by one key come to: a signature of a known key that fails spoils the whole note. */
export async function signedBy(note: Note, key: VerifierKey): Promise<'SIGNED' | 'NOT_SIGNED' | 'FORGED'> {
  const own = note.signatures.filter((signature) => isBy(signature, key));
  for (const { signature } of own)
    if (!(await isSigned(key.publicKey, bytesOf(note.text), signature))) return 'FORGED';
  return own.length > 0 ? 'SIGNED' : 'NOT_SIGNED';
}
