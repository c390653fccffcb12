// When published data may be read: agreement, question and legal check, and nothing that only a holder could give (B23).
import type { Missing } from '../refusal';
import type { Release, Withdrawal, World } from '../state';
import type { Instant, PersonId, Role, Tier } from '../words';
import { acceptedDeposit } from '../rules/requests';
import { participants } from '../participation/taking-part';
import type { ImportStatus, PublishedImport } from './terms';

/** Who takes a published file in, and hands it over. */
export const IMPORTERS: readonly Role[] = ['projectLead', 'researcher', 'dataCustodian'];

/** A release of published data alone; with a holder's data beside it, it needs everything that data needs. */
export const isPublishedOnly = ({ requests, imports = [] }: Pick<Release, 'requests' | 'imports'>): boolean =>
  requests.length === 0 && imports.length > 0;

export function importStatus({ checks, expires }: PublishedImport, now: Instant): ImportStatus {
  const last = checks.at(-1)?.outcome ?? 'UNCHECKED';
  return last !== 'NOT_PERMITTED' && expires <= now ? 'EXPIRED' : last;
}

/** Its file may be taken in and looked at; whether it may be read is the legal check's to say. */
export const isImportOpen = (found: PublishedImport, now: Instant): boolean =>
  ['UNCHECKED', 'PERMITTED'].includes(importStatus(found, now));

/** Published data is never finer or coarser than it was published: its tier follows from its level. */
export const tierOf = ({ releaseAs }: Pick<PublishedImport, 'releaseAs'>): Tier =>
  releaseAs.level === 'CELLS' ? 'AGGREGATE' : 'DEIDENTIFIED';

/** The legal check is the importing organisation's risk owner's; nobody checks what they imported themselves. */
export const checkersOf = (
  world: World,
  { organisation, person: importer }: Pick<PublishedImport, 'organisation' | 'person'>,
  now: Instant,
): PersonId[] =>
  participants(world, now, { organisation, roles: ['informationRiskOwner'] })
    .map(({ person }) => person)
    .filter((person) => person !== importer);

const STANDING: Record<ImportStatus, string | null> = {
  PERMITTED: null,
  UNCHECKED: 'its legal check has not been recorded',
  NOT_PERMITTED: 'its legal check says that it may not be used',
  EXPIRED: 'the copy has expired',
};

/** What the imports of a release lack, each with whose move it is. */
export function importsMissing(world: World, release: Release, now: Instant): Missing[] {
  return (release.imports ?? []).flatMap((id) => {
    const found = world.project.imports[id];
    if (!found) return [lacks('LEGAL_CHECK', `the import ${id} is unknown`, [])];
    const why = STANDING[importStatus(found, now)];
    const file = acceptedDeposit(world.project, id);
    return [
      ...(why === null
        ? []
        : [lacks('LEGAL_CHECK', `import ${id}: ${why}`, checkersOf(world, found, now), found.at)]),
      ...(file && release.deposits.includes(file.id)
        ? []
        : [lacks('DEPOSIT', `no accepted file for import ${id} is part of this release`, [found.person])]),
    ];
  });
}

/** While it is read: the check still stands and the copy has not expired. */
export const importsClosed = (world: World, release: Release, now: Instant): Missing[] =>
  importsMissing(world, release, now).filter(({ rule }) => rule === 'LEGAL_CHECK');

const lacks = (
  rule: string,
  reason: string,
  waitingFor: PersonId[],
  since: Instant | null = null,
): Missing => ({
  ...{ rule, reason, waitingFor, since },
});

/** A check that says no closes every release with the data in it for good; what may not be used is not kept either. */
export const importWithdrawals = ({ project }: World, release: Release): Withdrawal[] =>
  (release.imports ?? []).flatMap((id) =>
    (project.imports[id]?.checks ?? [])
      .filter(({ outcome }) => outcome === 'NOT_PERMITTED')
      .map(({ person, at }) => ({
        person,
        at,
        mode: 'STOP_AND_DESTROY' as const,
        atOnce: false,
        disowned: false,
      })),
  );
