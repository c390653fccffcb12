// The vault as far as evidence needs it, and how one of its files is handed out: as an attachment that no browser runs.
import { reference } from '#libs/contracts';
import type { StoredFile } from '#libs/domain';
import type { Ledger } from '#libs/ledger';
import { EVIDENCE_MEDIA_TYPES } from '#libs/vault';
import type { Vault } from '#libs/vault';
import type { Response } from 'express';

interface Opened {
  stream: string;
  evidence: string;
  file: StoredFile;
  /** Postgres's part of the key. */
  partA: Buffer;
}

export class EvidenceVault {
  constructor(readonly vault: Pick<Vault, 'storeEvidence' | 'loadEvidence'>) {}

  async handOut(
    response: Response,
    ledger: Pick<Ledger, 'texts'>,
    { stream, evidence, file, partA }: Opened,
  ): Promise<void> {
    const bytes = await this.vault.loadEvidence({
      ...{ evidence: reference(stream, evidence), objectId: file.object, sha256: file.digest, partA },
    });
    const named = (await ledger.texts([file.name])).get(file.name) ?? evidence;
    response.attachment(endingIn(named, EVIDENCE_MEDIA_TYPES[file.mediaType]?.ending ?? 'bin'));
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    // Should a browser show it all the same, it is a document that may load and run nothing.
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    response.setHeader('Content-Type', file.mediaType);
    response.send(bytes);
  }
}

/** The name with the ending of what it is: a file called `minutes.html` that is a text is handed out as a text. */
const endingIn = (name: string, ending: string): string => {
  const plain = name.replace(/[/\\\u202a-\u202e\u2066-\u2069]/g, '_');
  return plain.toLowerCase().endsWith(`.${ending}`) ? plain : `${plain}.${ending}`;
};
