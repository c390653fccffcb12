// Asks witnesses to cosign the newest head, and keeps what they answer beside it.
import type { DataSource } from 'typeorm';
import { cosignedAt, parseNote, parseSignature, parseVerifier, witnessRequest } from '#libs/log';
import type { VerifierKey } from '#libs/log';
import { readLog } from './reading';
import type { LogReading, SignedHead } from './reading';

export interface WitnessAddress {
  key: VerifierKey;
  /** Its submission prefix. */
  url: string;
}

/** One line each: `<verifier key> <url>`. */
export const parseWitnesses = (text: string): WitnessAddress[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [key = '', url = ''] = line.trim().split(/\s+/);
      if (!URL.canParse(url))
        throw new Error('A witness is named by its verifier key and its address, one a line.');
      return { key: parseVerifier(key), url: url.replace(/\/+$/, '') };
    });

const PATIENCE_MS = 10_000;

/** A witness has cosigned a log that is not this one, as far as can be seen from here: nothing opens until a person knows why. */
export class AnotherLogSeen extends Error {}

/**
 * Asks one witness about the newest head; with `again` also where its cosignature is there.
 * @throws AnotherLogSeen where it saw a longer log, or one that this one does not extend; Error where it does not answer, or not as a witness does.
 */
export async function askForCosignature(
  dataSource: DataSource,
  { key, url }: WitnessAddress,
  { again = false } = {},
): Promise<void> {
  const log = readLog(dataSource);
  const head = await log.head();
  if (head === null || (!again && (await hasCosigned(head, key)))) return;
  let older = 0;
  // The first answer may only say what the witness saw last.
  for (let tries = 0; tries < 2; tries += 1) {
    const proof = await log.consistency(older, head.size);
    const response = await fetch(`${url}/add-checkpoint`, {
      ...{ method: 'POST', signal: AbortSignal.timeout(PATIENCE_MS) },
      body: witnessRequest(older, proof, head.note),
    });
    const answer = await response.text();
    if (response.status === 200) return keep(dataSource, head, key, answer);
    const seen = response.status === 409 ? /^(\d{1,16})\n$/.exec(answer)?.[1] : undefined;
    if (seen === undefined) throw refusal(key.name, response.status, answer.trim().slice(0, 200));
    if (Number(seen) > head.size) return beyond(log, key.name, Number(seen));
    older = Number(seen);
  }
}

function refusal(witness: string, status: number, answer: string): Error {
  const said = `The witness ${witness} refuses (${status}): ${answer}`;
  // 409 and 422 are about what it saw; everything else is about the request, or its own trouble.
  return status === 409 || status === 422 ? new AnotherLogSeen(said) : new Error(said);
}

/** Another process of this log may have been faster; otherwise the witness knows of entries that are gone here. */
async function beyond(log: LogReading, witness: string, seen: number): Promise<void> {
  const size = (await log.head())?.size ?? 0;
  if (seen > size)
    throw new AnotherLogSeen(
      `The witness ${witness} cosigned ${seen} entries, and there are ${size}: entries ${size} to ${seen - 1} are missing`,
    );
}

async function hasCosigned({ note }: SignedHead, key: VerifierKey): Promise<boolean> {
  const parsed = parseNote(note);
  return parsed !== null && typeof (await cosignedAt(parsed, key)) === 'number';
}

/** Only lines of this witness that fit this head. */
async function keep(
  dataSource: DataSource,
  head: SignedHead,
  key: VerifierKey,
  answer: string,
): Promise<void> {
  const note = parseNote(head.note);
  for (const line of answer.split('\n')) {
    const signature = parseSignature(line);
    if (!signature || !note) continue;
    if (typeof (await cosignedAt({ ...note, signatures: [signature] }, key)) !== 'number') continue;
    const sql =
      'insert into parley.log_cosignatures (size, witness, line) values ($1, $2, $3) on conflict do nothing';
    await dataSource.query(sql, [head.size, key.name, `${line}\n`]);
    return;
  }
  throw new Error(`The witness ${key.name} answered with no cosignature of its own that fits.`);
}
