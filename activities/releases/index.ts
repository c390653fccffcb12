// Releases: sealed from deposits, let through by the gate, destroyed with proof.
import { randomBytes } from 'node:crypto';
import { heartbeat } from '@temporalio/activity';
import { reference } from '#libs/contracts';
import { endingOfRelease, heedOf, leftOfRelease, releaseGate } from '#libs/domain';
import type { Instant, Release, World } from '#libs/domain';
import { signContent } from '#libs/ledger';
import { dueIn, step, TAKEN, WORKER } from '../answers';
import type { Step } from '../answers';
import type { DepositDeps } from '../deposits';
import { certificate } from '../documents';
import { keepExpiryTime } from '../expiry';
import { whileWorking } from '../heartbeats';
import { earliestOf } from '../requests/next';
import { earlierReleases, objectors, sourcesOf, unitsOf } from './sources';
import type { Source } from './sources';
import { manifestCore, termsOfEngagement } from './manifest';
import { nextForRelease } from './next';
import type { ReleaseMove } from './next';

export interface ReleaseInput {
  project: string;
  release: string;
}

export type ReleaseAnswer = Exclude<ReleaseMove, { move: 'WAIT' }> | { move: 'WAIT'; dueIn: number | null };

/** Postgres's half of a release's key. */
const KEY_PART_BYTES = 32;

/** Refused since the release was made without what has been recorded meanwhile. */
const SINCE_MADE: readonly string[] = ['OBJECTIONS_SINCE', 'RELEASES_SINCE'];
/** After so many it rests, like every refused step, until something changes or a while has passed. */
const MOST_TIMES_MADE = 5;

export function createReleaseActivities({ ledger, vault, backupDays = null }: DepositDeps) {
  async function find({
    project,
    release,
  }: ReleaseInput): Promise<{ world: World; release: Release; now: Instant }> {
    const { world, now } = await ledger.world(project);
    const found = world.project.releases[release];
    if (!found) throw new Error(`The project ${project} has no release ${release}.`);
    return { world, release: found, now };
  }

  /** Opens each source without who objected to its use. */
  const openSources = (at: ReleaseInput, world: World, sources: Source[]) =>
    Promise.all(
      sources.map(async ({ deposit, ...source }) => {
        const { wrappedKey } = await ledger.openDeposit(at.project, deposit.id, 'materialise');
        const objectId = deposit.received?.object ?? '';
        const without = await objectors(ledger, world, deposit.id);
        return {
          ...{ ...source, without },
          deposit: { deposit: reference(at.project, deposit.id), objectId, wrappedKey },
        };
      }),
    );

  async function makeAndSeal(at: ReleaseInput): Promise<Step> {
    const { world, release, now } = await find(at);
    if (release.sealed) return TAKEN;
    const sources = sourcesOf(world, release);
    if (!sources) return { refused: 'NO_LINKABLE_DEPOSITS' };
    return step(async () => {
      const partA = randomBytes(KEY_PART_BYTES);
      const opened = await openSources(at, world, sources);
      const units = {
        ...{ project: at.project, partA: await ledger.keepUnitPart(at.project) },
        earlier: await earlierReleases(ledger, world, release, now),
      };
      const { objectId: object, manifest } = await whileWorking((options) =>
        vault.materialise(
          { release: reference(at.project, at.release), sources: opened, partA, units },
          options,
        ),
      );
      const rationale = (await ledger.texts([release.rationale.text])).get(release.rationale.text) ?? null;
      const { content, contents } = signContent(
        manifestCore(world, release, manifest),
        termsOfEngagement(world, release, manifest, rationale),
      );
      const { sha256: digest, rows, bytes } = manifest;
      const made = { release: at.release, content, digest, rows, bytes, object };
      await ledger.sealRelease(at.project, partA, {
        command: { type: 'SealRelease', ...made, ...heedOf(world.project, release) },
        contents,
      });
    });
  }

  return {
    async nextForRelease(at: ReleaseInput): Promise<ReleaseAnswer> {
      const { world, release, now } = await find(at);
      const next = nextForRelease(world, release, now);
      if (next.move !== 'WAIT') return next;
      const warning = await keepExpiryTime(ledger, world, endingOfRelease(world, release, now), now);
      return { move: 'WAIT', dueIn: dueIn(earliestOf([next.until, warning]), now) };
    },

    /**
     * Makes the release's bytes, encrypted so that nobody can read them yet, and puts its manifest up for `TRUST`. Making takes
     * minutes: whoever objects meanwhile, or whatever else is sealed, is heeded by making it anew.
     */
    async sealRelease(at: ReleaseInput): Promise<Step> {
      for (let times = 1; ; times += 1) {
        const done = await makeAndSeal(at);
        if (!SINCE_MADE.includes(done.refused ?? '') || times === MOST_TIMES_MADE) return done;
      }
    },

    /** Asks the domain, then Postgres. A refusal is an ordinary answer: whoever has the next move is told on the page. */
    async askGate(at: ReleaseInput): Promise<Step> {
      const { world, release, now } = await find(at);
      if (release.permit) return TAKEN;
      if (!releaseGate(world, release, now).open) return { refused: 'GATE' };
      return step(() => ledger.givePermit(at.project, at.release));
    },

    /** Destroys both halves of the key and the bytes, and certifies it. */
    async destroyRelease(at: ReleaseInput): Promise<Step> {
      const { world, release } = await find(at);
      if (release.destroyed || !release.sealed) return TAKEN;
      heartbeat();
      const ledgerPartDestroyedAt = await ledger.destroyReleaseKey(at.project, at.release);
      const proof = await vault.destroy('release', reference(at.project, at.release), release.sealed.object);
      const remains = { ...leftOfRelease(world.project, release), units: await unitsOf(ledger, release) };
      const paper = certificate(proof, { ledgerPartDestroyedAt, remains, backupDays });
      return step(() =>
        ledger.onProject(at.project, WORKER, () => ({
          command: { type: 'CertifyReleaseDestroyed', release: at.release, certificate: paper.id },
          contents: [paper],
        })),
      );
    },
  };
}
