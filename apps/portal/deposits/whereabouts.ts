// Where the data of a request went, as its holder reads it: what was made of each deposit, who read that, and how it ended.
import { releaseStatus, resultStatus } from '#libs/domain';
import type { Analysis, ProjectState, Release } from '#libs/domain';
import type { Language } from '#libs/language';
import { sayCertificate } from '#libs/web';
import type { NameLookup, SaidCertificate } from '#libs/web';
import type { Reading, Side } from '../reading';

export interface ShownEnd {
  title: string;
  digest: string;
  /** Null where what it said was erased. */
  said: SaidCertificate | null;
}

export interface ShownRelease {
  id: string;
  facts: [string, string][];
  runs: string[];
  ends: ShownEnd[];
}

interface Place {
  side: Side & { project: ProjectState };
  /** The deposits it is about. */
  deposits: string[];
}

/** Every release that was made, or is to be made, of these deposits, in the order they were proposed. */
export async function whereabouts(
  reading: Reading,
  { side, deposits }: Place,
  language: Language,
): Promise<ShownRelease[]> {
  const { releases, analyses } = side.project;
  const made = Object.values(releases).filter((release) =>
    release.deposits.some((id) => deposits.includes(id)),
  );
  const runs = Object.values(analyses).filter(({ release }) => made.some(({ id }) => id === release));
  const names = await reading.names(
    side,
    runs.map(({ author }) => author),
  );
  return Promise.all(
    made.map(async (release) => {
      const own = runs.filter((run) => run.release === release.id);
      return {
        id: release.id,
        facts: factsOf(side, release, language),
        runs: own.map((run) => runSaid(side, run, names, language)),
        ends: await endsOf(reading, [release, ...own], language),
      };
    }),
  );
}

function factsOf(side: Place['side'], release: Release, { t, moment }: Language): [string, string][] {
  const { tier, wave, sealed, permit, destroyed } = release;
  return [
    [t('deposit.releaseStatus'), t(`deposit.releaseIs.${releaseStatus(side, release, side.now)}`)],
    [t('deposit.releaseTier'), t(`tier.${tier}`)],
    [t('deposit.releaseWave'), String(wave)],
    [t('deposit.releaseMade'), sealed ? moment(sealed.at) : ''],
    [t('deposit.releasePermit'), permit ? moment(permit.expires) : ''],
    [t('deposit.releaseEnded'), destroyed ? moment(destroyed.at) : ''],
  ];
}

function runSaid(side: Place['side'], run: Analysis, names: NameLookup, { t, moment }: Language): string {
  return t('deposit.run', {
    ...{
      run: run.id,
      method: run.method,
      by: names(run.author) ?? t('page.somebody'),
      reads: run.reads.length,
    },
    last: run.ended ? t('deposit.runEnded', { at: moment(run.ended.at) }) : t('deposit.runGoing'),
    result: t(
      run.destroyed ? 'deposit.resultIs.destroyed' : `deposit.resultIs.${resultStatus(side, run, side.now)}`,
    ),
  });
}

/** The certificates of those that were destroyed. */
export async function endsOf(
  reading: Reading,
  things: readonly { id: string; destroyed: { certificate: string } | null }[],
  language: Language,
): Promise<ShownEnd[]> {
  const ends = things.map(async ({ id, destroyed }): Promise<ShownEnd[]> =>
    destroyed === null
      ? []
      : [
          {
            title: language.t('deposit.certificateOf', { what: id }),
            digest: destroyed.certificate,
            said: sayCertificate(await reading.content(destroyed.certificate), language),
          },
        ],
  );
  return (await Promise.all(ends)).flat();
}
