// A certificate of destruction in words, for pages and mails: what was seen to go, what is left, and until when backups may hold copies.
import { certificateIn } from '#libs/contracts/certificate';
import type { DestructionCertificate } from '#libs/contracts/certificate';
import type { Language } from '#libs/language';

export interface SaidCertificate {
  /** Names and values, in order. */
  facts: [string, string][];
  /** About copies: what the engine cannot look at. */
  copies: string;
}

/** Null where the certificate was erased, or written by other software: its digest stands in the ledger all the same. */
export function sayCertificate(bytes: Buffer | null, language: Language): SaidCertificate | null {
  const found = certificateIn(bytes);
  if (found === null) return null;
  const { t, moment } = language;
  return {
    facts: [
      [
        t('certificate.ledgerPart'),
        partSaid(found.ledgerPart.destroyedAt !== null, found.ledgerPart.destroyedAt, language),
      ],
      [t('certificate.keyPart'), partSaid(found.keyPart.existed, found.keyPart.destroyedAt, language)],
      [t('certificate.bytes'), bytesSaid(found, language)],
      [
        t('certificate.looked'),
        `${moment(found.at)}: ${t(found.left.keyPart || found.left.object ? 'certificate.somethingLeft' : 'certificate.nothingLeft')}`,
      ],
      [t('certificate.remains'), remainsSaid(found, language)],
    ],
    copies: copiesSaid(found, language),
  };
}

function partSaid(existed: boolean | null, at: string | null, { t, moment }: Language): string {
  if (existed === null) return t('certificate.unknown');
  return existed && at !== null ? t('certificate.destroyedAt', { at: moment(at) }) : t('certificate.noPart');
}

function bytesSaid({ objectId, bytes }: DestructionCertificate, { t }: Language): string {
  if (bytes === null) return t('certificate.unknown');
  return objectId === null || bytes === 0
    ? t('certificate.noBytes')
    : t('certificate.removed', { count: bytes });
}

function remainsSaid({ remains }: DestructionCertificate, { t, list }: Language): string {
  const named = [
    ...(remains.deposits.length > 0 ? [t('certificate.deposits', { ids: list(remains.deposits) })] : []),
    ...(remains.releases.length > 0 ? [t('certificate.releases', { ids: list(remains.releases) })] : []),
    ...(remains.results.length > 0 ? [t('certificate.results', { ids: list(remains.results) })] : []),
    ...(remains.units === null ? [] : [t('certificate.units')]),
  ];
  return named.length > 0 ? named.join(' ') : t('certificate.nothingElse');
}

const copiesSaid = ({ backups }: DestructionCertificate, { t, moment }: Language): string =>
  backups.days === null || backups.goneBy === null
    ? t('certificate.backupsUnsaid')
    : t('certificate.backups', { days: backups.days, at: moment(backups.goneBy) });
