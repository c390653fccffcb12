// C2SP tlog-witness: what a witness is asked, and what it answers, as text; the decision is one pure function of what it last saw.
import { cosignature, parseCheckpoint } from './checkpoint';
import type { TreeHead } from './checkpoint';
import { fromBase64, sameBytes, toBase64 } from './encoding';
import { isConsistent } from './merkle';
import { noteText, parseNote, signatureLine, signedBy } from './note';
import type { SignerKey, VerifierKey } from './note';

const MOST_PROOF_LINES = 63;

/** The body of `add-checkpoint`: the size the witness saw last, the proof from there, a blank line, the signed head. */
export const witnessRequest = (older: number, proof: readonly Uint8Array[], note: string): string =>
  `old ${older}\n${proof.map((hash) => `${toBase64(hash)}\n`).join('')}\n${note}`;

/** A head with the signed note it came in: two of one size with different roots prove a split view to anybody. */
export interface SeenHead extends TreeHead {
  note: string;
}

/** Both heads a witness was shown by the log's own key, where it could not cosign the second. */
export interface Alarm {
  /** SPLIT_VIEW is proved by the two notes; NOT_EXTENDED only says that whoever asked could not show the one to extend the other. */
  kind: 'SPLIT_VIEW' | 'NOT_EXTENDED';
  seen: SeenHead;
  shown: SeenHead;
}

export interface WitnessAnswer {
  status: 200 | 400 | 403 | 404 | 409 | 422;
  body: string;
  /** With 409: the size it has, as a text of this type. */
  isSize?: true;
  /** What it has seen from now on; kept before the answer is given. */
  seen?: SeenHead;
  /** What whoever keeps the witness is told. */
  alarm?: Alarm;
}

export interface Witness {
  signer: SignerKey;
  /** Keys of the logs it watches; their names are the origins. */
  logs: readonly VerifierKey[];
}

const refused = (status: 400 | 403 | 404 | 409 | 422, body: string): WitnessAnswer => ({
  status,
  body: `${body}\n`,
});

/** `last`: the head of this origin it cosigned last, or null. `seconds`: POSIX time. Cosigns only what extends it. */
export async function askWitness(
  { signer, logs }: Witness,
  body: string,
  last: (origin: string) => SeenHead | null,
  seconds: number,
): Promise<WitnessAnswer> {
  const request = parseRequest(body);
  if (request === null) return refused(400, 'This is no add-checkpoint request (C2SP tlog-witness).');
  const { older, proof, note, head } = request;
  const keys = logs.filter(({ name }) => name === head.origin);
  if (keys.length === 0) return refused(404, 'This log is not watched here.');
  const states = await Promise.all(keys.map((key) => signedBy(note, key)));
  if (!states.includes('SIGNED') || states.includes('FORGED'))
    return refused(403, 'No known key of this log signed it.');
  if (older > head.size) return refused(400, 'The old size is larger than the new one.');
  const shown = { ...head, note: noteText(note) };
  const seen = last(head.origin);
  const said = extension(seen, shown, older, proof);
  return (
    said ?? { status: 200, body: signatureLine(await cosignature(signer, note.text, seconds)), seen: shown }
  );
}

/** Why `shown` is not cosigned after `seen`; null where it extends it. */
function extension(
  seen: SeenHead | null,
  shown: SeenHead,
  older: number,
  proof: readonly Uint8Array[],
): WitnessAnswer | null {
  const isSplit = seen !== null && seen.size === shown.size && !sameBytes(seen.root, shown.root);
  const split = isSplit ? { alarm: { kind: 'SPLIT_VIEW' as const, seen, shown } } : {};
  if (older !== (seen?.size ?? 0))
    return { status: 409, body: `${seen?.size ?? 0}\n`, isSize: true, ...split };
  if (isSplit) return { ...refused(409, 'Split view: another root was cosigned for this size.'), ...split };
  if (seen !== null && !isConsistent(seen, shown, proof))
    return {
      ...refused(422, 'The log does not extend what was cosigned.'),
      alarm: { kind: 'NOT_EXTENDED', seen, shown },
    };
  if (seen === null && proof.length > 0) return refused(422, 'A proof from nothing is empty.');
  return null;
}

function parseRequest(body: string) {
  const at = body.indexOf('\n\n');
  const [first = '', ...lines] = body.slice(0, Math.max(at, 0)).split('\n');
  const older = /^old (0|[1-9]\d{0,15})$/.exec(first)?.[1];
  const proof = lines.map(fromBase64).filter((hash) => hash?.length === 32) as Uint8Array[];
  const note = at < 0 ? null : parseNote(body.slice(at + 2));
  const head = note && parseCheckpoint(note.text);
  if (
    older === undefined ||
    proof.length !== lines.length ||
    lines.length > MOST_PROOF_LINES ||
    !note ||
    !head
  )
    return null;
  return { older: Number(older), proof, note, head };
}
