// Wraps a file key to a deposit's public key, so that whoever receives a file can lock it and not open it again.
import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { VaultRefusal } from '../objects/failures';

const VERSION = 'x1';
const KEY_BYTES = 32;
const TAG_BYTES = 16;
const RAW_PUBLIC_BYTES = 32;

/**
 * Wraps a 32-byte file key to an X25519 public key (base64 SPKI): an ephemeral key pair, HKDF-SHA256 over the shared
 * secret salted with both public keys, AES-256-GCM. The construction is that of age's X25519 recipient
 * (C2SP age.md) with AES-GCM as cipher; the zero nonce is safe because each wrapping key is used once.
 * The deposit's id is bound in, so a wrapped key cannot be passed off as another deposit's.
 */
export function wrapFileKey(recipientPublicKey: string, fileKey: Buffer, deposit: string): string {
  const recipient = publicKeyOf(recipientPublicKey);
  const ephemeral = generateKeyPairSync('x25519');
  const shared = diffieHellman({ privateKey: ephemeral.privateKey, publicKey: recipient });
  const key = wrappingKey(shared, ephemeral.publicKey, recipient);
  const cipher = createCipheriv('aes-256-gcm', key, Buffer.alloc(12));
  cipher.setAAD(Buffer.from(`parley deposit ${deposit}`));
  const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
  return [VERSION, rawPublic(ephemeral.publicKey).toString('base64url'), body.toString('base64url')].join(
    '.',
  );
}

/** Opens what {@link wrapFileKey} made; refuses a key wrapped for another deposit, key pair, or changed on the way. */
export function unwrapFileKey(privateKey: string, wrapped: string, deposit: string): Buffer {
  const [version, ephemeralText = '', bodyText = ''] = wrapped.split('.');
  const raw = Buffer.from(ephemeralText, 'base64url');
  const body = Buffer.from(bodyText, 'base64url');
  const refusal = new VaultRefusal(
    'WRONG_KEY',
    `The wrapped key of deposit ${deposit} cannot be opened: it belongs to another deposit or was changed. Ask for the file again.`,
  );
  if (version !== VERSION || raw.length !== RAW_PUBLIC_BYTES || body.length !== KEY_BYTES + TAG_BYTES)
    throw refusal;
  try {
    const own = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' });
    const ephemeral = createPublicKey({
      key: { kty: 'OKP', crv: 'X25519', x: ephemeralText },
      format: 'jwk',
    });
    const shared = diffieHellman({ privateKey: own, publicKey: ephemeral });
    const key = wrappingKey(shared, ephemeral, createPublicKey(own));
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.alloc(12));
    decipher.setAAD(Buffer.from(`parley deposit ${deposit}`));
    decipher.setAuthTag(body.subarray(KEY_BYTES));
    return Buffer.concat([decipher.update(body.subarray(0, KEY_BYTES)), decipher.final()]);
  } catch {
    throw refusal;
  }
}

function publicKeyOf(spki: string): KeyObject {
  return createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' });
}

function rawPublic(key: KeyObject): Buffer {
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');
}

function wrappingKey(shared: Buffer, ephemeral: KeyObject, recipient: KeyObject): Buffer {
  const salt = Buffer.concat([rawPublic(ephemeral), rawPublic(recipient)]);
  return Buffer.from(hkdfSync('sha256', shared, salt, 'parley deposit key v1', KEY_BYTES));
}
