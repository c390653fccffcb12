// The holder's own mistake in calling the command: shown as it is, without a stack trace.
import { VaultRefusal } from '#libs/vault';

export class PrepareRefused extends Error {
  override readonly name = 'PrepareRefused';
}

/** Runs a command; what its caller can put right is told in one sentence. */
export async function told(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    if (!(error instanceof PrepareRefused || error instanceof VaultRefusal)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
