// A process that writes to a vault without end, to be killed at any moment (see crash.int-spec.ts).
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { receiveDeposit } from '../deposit';
import { openKeyStore } from '../keys/key-store';
import { translateDiskError } from '../objects/failures';

async function writeWithoutEnd(vaultDir: string, keyStoreDir: string): Promise<void> {
  const keys = await openKeyStore(keyStoreDir);
  process.stdout.write('ready\n');
  for (let n = 0; ; n += 1) {
    const deposit = `prj_crash/${process.pid}-${n}`;
    const { publicKey } = await keys.createDepositKeyPair(deposit);
    const stream = Readable.from(pieces(300_000));
    await receiveDeposit({ deposit, stream, maxBytes: 2 ** 30, recipientPublicKey: publicKey, vaultDir });
    const part = `prj_crash/${process.pid}-${n}`;
    await keys.createPart('release', part);
    if (n % 2 === 0) await keys.destroy('release', part);
  }
}

function* pieces(bytes: number): Generator<Buffer> {
  for (let at = 0; at < bytes; at += 10_000) yield randomBytes(10_000);
}

const [vaultDir = '', keyStoreDir = ''] = process.argv.slice(2);
writeWithoutEnd(vaultDir, keyStoreDir).catch((error: unknown) => {
  const told = translateDiskError(error, 'the vault');
  process.stdout.write(`${told instanceof Error ? told.message : 'failed'}\n`);
  process.exitCode = 3;
});
