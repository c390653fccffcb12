// A signing key that never comes here: a program of the operator's passes each head to whatever keeps it (a KMS, an HSM, another machine).
import { spawn } from 'node:child_process';
import { ALGORITHM, fromBase64, isSigned, parseVerifier } from '#libs/log';
import type { Signer } from '#libs/log';

const PATIENCE_MS = 10_000;
const SIGNATURE_BYTES = 64;
const MOST_OUTPUT = 1_000;

/**
 * `COMMAND <verifier key> <program> [<argument> …]`, a line of the file `keys`; null for any other line. The program gets the message on its
 * standard input and prints the base64 of its Ed25519 signature (RFC 8032, 64 bytes); no shell looks at it.
 */
export function externalSigner(line: string): Signer | null {
  const [word, key = '', program = '', ...parameters] = line.trim().split(/\s+/);
  if (word !== 'COMMAND') return null;
  const verifier = parseVerifier(key);
  if (program === '' || verifier.algorithm !== ALGORITHM.ED25519)
    throw new TypeError(
      'COMMAND is followed by the verifier key of an Ed25519 key, and by the program that signs with it.',
    );
  return {
    ...verifier,
    async sign(message) {
      const signature = fromBase64(await answerOf(program, parameters, message));
      if (signature?.length !== SIGNATURE_BYTES)
        throw new Error(
          `${program} gave no Ed25519 signature: the base64 of 64 bytes is expected on its standard output.`,
        );
      // A head signed by another key would be published, and refused by everybody who holds the right one.
      if (!(await isSigned(verifier.publicKey, message, signature)))
        throw new Error(`${program} signed with another key than ${key} says.`);
      return signature;
    },
  };
}

function answerOf(program: string, parameters: readonly string[], message: Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { stdio: ['pipe', 'pipe', 'ignore'], timeout: PATIENCE_MS });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (output.length < MOST_OUTPUT) output += text;
    });
    child.once('error', (cause) => reject(new Error(`${program} cannot be run.`, { cause })));
    child.once('close', (code, signal) =>
      code === 0
        ? resolve(output.trim())
        : reject(new Error(`${program} ended with ${signal ?? code}; nothing was signed.`)),
    );
    // A program that ends without reading is told apart by its code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(message);
  });
}
