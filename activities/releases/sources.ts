// What a release is made of, and the releases of its project that it is compared with (T9).
import { reference } from '#libs/contracts';
import { objectionsTo, releaseStatus, sealedBeside, suppliesOf, tierOf } from '#libs/domain';
import type { Deposit, Instant, Release, World } from '#libs/domain';
import type { Ledger } from '#libs/ledger';
import { GrantSpec, ReleaseManifest } from '#libs/vault';
import type { EarlierRelease } from '#libs/vault';
import { termsFor } from '../deposits';

export interface Source {
  readonly deposit: Deposit;
  readonly grant: GrantSpec;
  /** As the boundary names it; apart where two requests ask the same source. */
  readonly source: string;
  readonly isPublished: boolean;
}

/** One deposit, or those of a linked release; null where one is missing, or where several are not to be linked. */
export function sourcesOf(world: World, release: Release): Source[] | null {
  const supplies = suppliesOf(world.project, release);
  const sources = release.deposits.flatMap((id): Source[] => {
    const deposit = world.project.deposits[id];
    const terms = deposit && termsFor(world, deposit);
    const supply = supplies.find((each) => each.id === deposit?.request);
    if (!deposit || !terms || !supply) return [];
    const { depositAs, releaseAs } = terms;
    const isPublished = !('tier' in terms);
    const tier = isPublished ? tierOf(terms) : terms.tier;
    const grant = GrantSpec.parse({ depositAs, releaseAs, tier });
    return [{ deposit, grant, source: supply.source, isPublished }];
  });
  const isWhole = sources.length > 0 && sources.length === release.deposits.length;
  const isToBeLinked = sources.length > 1;
  return isWhole && (!isToBeLinked || release.tier === 'LINKED_DEIDENTIFIED') ? named(sources) : null;
}

function named(sources: Source[]): Source[] {
  return sources.map((each, index) => ({
    ...each,
    source: sources.some((other, at) => at < index && other.source === each.source)
      ? `${each.source} ${index + 1}`
      : each.source,
  }));
}

/** The pseudonyms of everybody who objected to the use of a deposit. Where one was erased, no release can be made of it. */
export async function objectors(
  ledger: Pick<Ledger, 'texts'>,
  { project }: World,
  deposit: string,
): Promise<string[]> {
  const objections = objectionsTo(project, deposit);
  const texts = await ledger.texts(objections.map(({ who }) => who));
  return objections.flatMap(({ id, who }) => {
    const text = texts.get(who);
    if (text === undefined)
      throw new Error(`Whom objection ${id} is about was erased; a new deposit without them is needed.`);
    return JSON.parse(text) as string[];
  });
}

/** What is known of every release sealed before. */
export async function earlierReleases(
  ledger: Pick<Ledger, 'content'>,
  world: World,
  release: Release,
  now: Instant,
): Promise<EarlierRelease[]> {
  const { project } = world;
  return Promise.all(
    sealedBeside(project, release).map(async (other) => {
      const status = releaseStatus(world, other, now);
      return {
        release: reference(project.id, other.id),
        isLive: status === 'SEALED' || status === 'PERMITTED',
        units: await unitsOf(ledger, other),
      };
    }),
  );
}

/** Where the keyed ids of a release's people lie; null where nobody knows who they are. */
export async function unitsOf(
  ledger: Pick<Ledger, 'content'>,
  { sealed }: Pick<Release, 'sealed'>,
): Promise<string | null> {
  const bytes = await ledger.content(sealed?.content.core ?? '');
  if (bytes === null) return null;
  const { data } = JSON.parse(bytes.toString()) as { data: unknown };
  return ReleaseManifest.parse(data).units ?? null;
}
