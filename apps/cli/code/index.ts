// `parley code`: which code computes results here, to be compared with the digest that stands in the ledger beside one.
import type { Command } from 'commander';
import { PACKAGES } from '#libs/statistics';
import { computingCode } from '#libs/vault/results';

/** Adds the command to `parley`. */
export function registerCode(program: Command): void {
  program
    .command('code')
    .description(
      'print the digest of the code that computes results, as the ledger names it beside each result',
    )
    .option(
      '--files',
      'print what the digest is the SHA-256 of: files as `sha256sum` lists them, packages, Node',
    )
    .action(({ files }: { files?: true }) => {
      const { digest, lines } = computingCode(require.resolve('#libs/statistics'), PACKAGES);
      process.stdout.write(files ? lines.map((line) => `${line}\n`).join('') : `${digest}\n`);
    });
}
