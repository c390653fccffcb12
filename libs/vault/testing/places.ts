// A vault in a directory of its own for one test, with a deposit in it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { OpenedDeposit, ReleaseColumn, Vault } from '../contract';
import { receiveDeposit } from '../deposit';
import { openVault } from '../vault';
import type { VaultPlaces } from '../vault';

export interface TestVault {
  readonly vault: Vault;
  readonly places: VaultPlaces;
  /** Receives a file as the portal would, and returns what `open_deposit` would hand out. */
  deposit(bytes: Buffer | string, id?: string): Promise<OpenedDeposit>;
  remove(): void;
}

/** Opens a fresh vault; call `remove` when done. */
export async function aVault(more: Partial<VaultPlaces> = {}): Promise<TestVault> {
  const root = mkdtempSync(path.join(tmpdir(), 'parley-vault-'));
  const places: VaultPlaces = {
    vaultDir: path.join(root, 'vault'),
    keyStoreDir: path.join(root, 'keys'),
    scratchDir: path.join(root, 'scratch'),
    ...more,
  };
  const vault = await openVault(places);
  return {
    vault,
    places,
    async deposit(bytes, id = 'prj_test/d1') {
      const { publicKey } = await vault.keys.createDepositKeyPair(id);
      const { objectId, wrappedKey } = await receiveDeposit({
        deposit: id,
        stream: Readable.from([Buffer.from(bytes)]),
        maxBytes: 2 ** 30,
        recipientPublicKey: publicKey,
        vaultDir: places.vaultDir,
      });
      return { deposit: id, objectId, wrappedKey };
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** The values of a column that was read, in order. */
export function valuesOf(column: ReleaseColumn | undefined): (string | number | null)[] {
  if (column === undefined) return [];
  if (column.kind === 'number') return [...column.values];
  return Array.from(column.codes, (code) => column.labels[code] ?? null);
}
