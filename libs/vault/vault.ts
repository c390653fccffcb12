// Joins the vault's parts over one set of directories; this is what the worker's activities hold.
import { checkFile } from './conformance/check';
import type { DepositReport } from './conformance/report';
import type {
  Destruction,
  OpenedDeposit,
  OperationOptions,
  ReleaseData,
  SealedRelease,
  Vault,
} from './contract';
import { openEvidence, sealEvidence } from './evidence/evidence-store';
import { DEFAULT_LIMITS, withEngine } from './engine/engine';
import type { EngineLimits } from './engine/engine';
import { DataSpec, GrantSpec } from './grant/spec';
import { deriveKey } from './keys/derivation';
import { openKeyStore } from './keys/key-store';
import type { KeyStore } from './keys/key-store';
import { cancellation, VaultRefusal } from './objects/failures';
import { ensurePrivate } from './objects/files';
import type { Pieces } from './objects/files';
import { readObject, removeObject, sizeOf, sweepIncoming } from './objects/object-store';
import { unseal } from './objects/sealing';
import { sweepUnnamed } from './objects/unnamed';
import type { AskUnnamed } from './objects/unnamed';
import { sweepScratch, withScratch } from './reading/scratch';
import { materialiseRelease } from './release/materialise';
import { placesAcross } from './release/people';
import { readPublishedCells } from './release/published';
import { readSealedRelease } from './release/read';
import { openResult, sealResult } from './results/result-store';

export interface VaultPlaces {
  /** Sealed objects (VAULT_DIR), key parts (KEY_STORE_DIR), and plain text while it is worked on (SCRATCH_DIR). */
  readonly vaultDir: string;
  readonly keyStoreDir: string;
  readonly scratchDir: string;
  readonly limits?: EngineLimits;
  /** The clock of destruction certificates. */
  readonly now?: () => Date;
}

/** Opens the vault on these directories, making them for this user only. */
export async function openVault(places: VaultPlaces): Promise<Vault> {
  await ensurePrivate(places.vaultDir);
  await ensurePrivate(places.scratchDir);
  return new DirectoryVault(places, await openKeyStore(places.keyStoreDir));
}

class DirectoryVault implements Vault {
  private readonly limits: EngineLimits;

  constructor(
    private readonly places: VaultPlaces,
    readonly keys: KeyStore,
  ) {
    this.limits = places.limits ?? DEFAULT_LIMITS;
  }

  async sweep(): Promise<{ removed: number }> {
    const plain = await sweepScratch(this.places.scratchDir);
    return { removed: plain + (await sweepIncoming(this.places.vaultDir)) };
  }

  async sweepUnnamed(ask: AskUnnamed): Promise<{ removed: number }> {
    return { removed: await sweepUnnamed(this.places.vaultDir, ask) };
  }

  async checkDeposit(
    deposit: OpenedDeposit,
    depositAs: DataSpec,
    options: OperationOptions = {},
  ): Promise<DepositReport> {
    const spec = DataSpec.parse(depositAs);
    const plain = await this.plainDeposit(deposit);
    return this.inScratch(options, (directory) =>
      checkFile({ plain, spec, directory, describes: true }, this.limits, options),
    );
  }

  async materialise(
    request: Parameters<Vault['materialise']>[0],
    options: OperationOptions = {},
  ): Promise<SealedRelease> {
    const { release, partA, units } = request;
    const partB = await this.keys.createPart('release', release);
    const sources = await Promise.all(
      request.sources.map(async ({ deposit, grant, source, without = [], isPublished = false }) => ({
        ...{
          plain: await this.plainDeposit(deposit),
          deposit: deposit.deposit,
          source,
          without,
          isPublished,
        },
        grant: GrantSpec.parse(grant),
      })),
    );
    const unitsB = units ? await this.keys.createPart('units', units.project) : null;
    return this.inScratch(options, (directory) =>
      materialiseRelease(
        {
          ...{ release, sources },
          fileKey: deriveKey(partA, partB, 'release file', release),
          pseudonymKey: deriveKey(partA, partB, 'release pseudonyms', release),
          units:
            units && unitsB
              ? {
                  keys: { project: units.project, partA: units.partA, partB: unitsB },
                  earlier: units.earlier,
                }
              : null,
          vaultDir: this.places.vaultDir,
          directory,
          limits: this.limits,
        },
        options,
      ),
    );
  }

  async readRelease(
    request: Parameters<Vault['readRelease']>[0],
    options: OperationOptions = {},
  ): Promise<ReleaseData> {
    const { release, objectId, manifest, partA, fields } = request;
    const fileKey = deriveKey(partA, await this.keys.readPart('release', release), 'release file', release);
    const { vaultDir } = this.places;
    return this.inScratch(options, (directory) =>
      readSealedRelease(
        { objectId, manifest, fileKey, fields, vaultDir, directory, limits: this.limits },
        options,
      ),
    );
  }

  async readPublished(
    deposit: OpenedDeposit,
    depositAs: DataSpec,
    options: OperationOptions = {},
  ): ReturnType<Vault['readPublished']> {
    const spec = DataSpec.parse(depositAs);
    const grant = GrantSpec.parse({ depositAs: spec, releaseAs: spec, tier: 'AGGREGATE' });
    const plain = await this.plainDeposit(deposit);
    const source = {
      ...{ plain, deposit: deposit.deposit, source: deposit.deposit, grant, without: [] },
      isPublished: true,
    };
    const { limits } = this;
    return this.inScratch(options, (directory) => readPublishedCells(source, { directory, limits }, options));
  }

  async placesAcross(
    { here, others, project, partA }: Parameters<Vault['placesAcross']>[0],
    options: OperationOptions = {},
  ): ReturnType<Vault['placesAcross']> {
    const keys = { project, partA, partB: await this.keys.readPart('units', project) };
    const { vaultDir } = this.places;
    const { signal } = options;
    return this.inScratch(options, (directory) =>
      withEngine({ directory, limits: this.limits, signal }, (engine) =>
        placesAcross(engine, here, others, { keys, vaultDir, directory }),
      ),
    );
  }

  async storeResult({
    result,
    files,
    partA,
  }: Parameters<Vault['storeResult']>[0]): ReturnType<Vault['storeResult']> {
    const key = deriveKey(partA, await this.keys.createPart('result', result), 'result file', result);
    return sealResult(this.places.vaultDir, files, key);
  }

  async loadResult(request: Parameters<Vault['loadResult']>[0]): Promise<Map<string, Buffer>> {
    const { result, objectId, manifest, partA } = request;
    const key = deriveKey(partA, await this.keys.readPart('result', result), 'result file', result);
    return openResult(this.places.vaultDir, objectId, manifest, key);
  }

  async storeEvidence({
    evidence,
    partA,
    ...file
  }: Parameters<Vault['storeEvidence']>[0]): ReturnType<Vault['storeEvidence']> {
    const key = deriveKey(partA, await this.keys.createPart('evidence', evidence), 'evidence file', evidence);
    return sealEvidence(this.places.vaultDir, file, key);
  }

  async loadEvidence(request: Parameters<Vault['loadEvidence']>[0]): Promise<Buffer> {
    const { evidence, objectId, sha256, partA } = request;
    const key = deriveKey(partA, await this.keys.readPart('evidence', evidence), 'evidence file', evidence);
    return openEvidence(this.places.vaultDir, { objectId, sha256 }, key);
  }

  async destroy(kind: Destruction['kind'], id: string, objectId: string | null): Promise<Destruction> {
    const { vaultDir, now = () => new Date() } = this.places;
    const lying = await bytesOf(vaultDir, objectId);
    // The key first: if the power fails between the two, what is left is unreadable.
    const mark = await this.keys.destroy(kind, id, now(), lying ?? 0);
    if (objectId !== null) await removeObject(vaultDir, objectId);
    const left = {
      keyPart: await this.keys.has(kind, id),
      object: (await bytesOf(vaultDir, objectId)) !== null,
    };
    if (left.keyPart || left.object) throw stillThere(kind, id);
    const keyPart = { existed: mark.existed, destroyedAt: mark.at };
    return { kind, id, objectId, keyPart, bytes: mark.lying, left, at: now().toISOString() };
  }

  private async plainDeposit(deposit: OpenedDeposit): Promise<Pieces> {
    const key = await this.keys.unwrap(deposit.deposit, deposit.wrappedKey);
    return unseal(readObject(this.places.vaultDir, deposit.objectId), key, 'deposit');
  }

  /** Works in a private directory; whatever ends a cancelled operation is told as its cancellation. */
  private async inScratch<T>(
    { signal }: OperationOptions,
    work: (directory: string) => Promise<T>,
  ): Promise<T> {
    try {
      return await withScratch(this.places.scratchDir, work);
    } catch (error) {
      throw signal?.aborted === true ? cancellation(signal) : error;
    }
  }
}

const bytesOf = async (vaultDir: string, objectId: string | null): Promise<number | null> =>
  objectId === null ? null : sizeOf(vaultDir, objectId);

const stillThere = (kind: Destruction['kind'], id: string): VaultRefusal =>
  new VaultRefusal(
    'STILL_THERE',
    `Something of ${kind} ${id} is still there after it was destroyed. Try again.`,
  );
