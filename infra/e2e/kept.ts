// What a backup has to keep, made and looked at: a file of evidence in the vault, and an export with its proof.
import { createWriteStream } from 'node:fs';
import { Writable } from 'node:stream';
import { reference } from '#libs/contracts';
import { prepareExport, writeExport } from '#libs/export';
import { commitText, readLog, storeEvidencePart } from '#libs/ledger';
import type { SignedHead } from '#libs/ledger';
import { personId } from '#libs/testing';
import type { Setting } from '#libs/testing';
import type { Vault } from '#libs/vault';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';

export interface Kept {
  evidence: string;
  objectId: string;
  sha256: string;
}

/** An item of evidence with a file, recorded by the lead. */
export async function evidenceFile(setting: Setting, vault: Vault, bytes: Buffer): Promise<Kept> {
  const [title, origin, name] = ['A letter', 'My desk', 'letter.txt'].map(commitText) as [
    ReturnType<typeof commitText>,
    ReturnType<typeof commitText>,
    ReturnType<typeof commitText>,
  ];
  await setting.onProject('lead', {
    command: {
      ...{ type: 'RecordEvidence', kind: 'DOCUMENT', title: title.commitment, audience: 'PARTNERS' },
      attribution: { type: 'PERSON', person: personId('lead') },
      provenance: { origin: origin.commitment, dated: '2026-01-15T10:00:00.000Z', derivedFrom: [] },
      ...{ participants: [], others: 0, meeting: null, text: null, assessment: null },
    },
    texts: [title, origin],
  });
  const evidence = (await setting.world()).project.evidence.at(-1)?.id ?? '';
  const partA = randomBytes(32);
  const stored = await vault.storeEvidence({
    ...{ evidence: reference(setting.project, evidence), stream: Readable.from([bytes]), partA },
    ...{ mediaType: 'text/plain', maxBytes: 1000 },
  });
  await setting.onProject('lead', {
    command: {
      ...{ type: 'StoreEvidenceFile', evidence, name: name.commitment, mediaType: 'text/plain' },
      ...{ digest: stored.sha256, bytes: stored.bytes, object: stored.objectId },
    },
    texts: [name],
    alongside: (runner) => storeEvidencePart(runner, setting.project, evidence, partA),
  });
  return { evidence, objectId: stored.objectId, sha256: stored.sha256 };
}

/** Its bytes, by the halves of its key in database and key store. */
export async function evidenceIn(
  setting: Setting,
  vault: Vault,
  { evidence, ...kept }: Kept,
): Promise<Buffer> {
  const sql = 'select part from parley.evidence_key_parts where stream = $1 and evidence = $2';
  const [row] = await setting.db.query<{ part: Buffer }>(sql, [setting.project, evidence]);
  if (!row) throw new Error(`The database holds no key for ${evidence}.`);
  return vault.loadEvidence({
    ...{ evidence: reference(setting.project, evidence), ...kept, partA: row.part },
  });
}

/** Exports as the API does, for partners. `sequence` takes what waits into the log. Answers with the head it ends under. */
export async function exportedTo(
  file: string,
  setting: Setting,
  sequence: () => Promise<unknown>,
): Promise<SignedHead> {
  const { ledger, dataSource: source } = setting.processes.api;
  const { world, now } = await ledger.world(setting.project);
  const texts = (commitments: string[]) => ledger.texts(commitments);
  const exporting = { source, world, now, profile: 'partners' as const, texts, outputs: [] };
  const prepared = await prepareExport(exporting);
  const command = { type: 'RecordExport', profile: 'partners', manifest: prepared.digest } as const;
  const { version } = await setting.onProject('lead', { command });
  await sequence();
  const log = readLog(source);
  const position = await log.positionOf(setting.project, version);
  const head = position === null ? null : await log.headWith(position);
  if (head === null) throw new Error('The log has not signed the export.');
  const into = Writable.toWeb(createWriteStream(file)) as WritableStream<Uint8Array>;
  await writeExport(into, exporting, prepared, { version, head });
  return head;
}
