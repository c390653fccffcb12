// Base64 and bytes, strictly: one text per value, so that nothing can be changed without changing its meaning.

const STANDARD = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export function toBase64(bytes: Uint8Array): string {
  if (typeof Buffer !== 'undefined')
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** The bytes of RFC 4648 § 4 base64; null unless this is exactly how they are written (no spaces, no stray bits). */
export function fromBase64(text: string): Uint8Array | null {
  if (!STANDARD.test(text)) return null;
  const bytes =
    typeof Buffer !== 'undefined'
      ? new Uint8Array(Buffer.from(text, 'base64'))
      : Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return toBase64(bytes) === text ? bytes : null;
}

export function concatenated(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

/** UTF-8 strictly: null for bytes that are not UTF-8. A byte order mark is kept, as a character that belongs to the text. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
