// A witness cosigns what extends what it saw, and nothing else: a second history and an old backup are noticed.
import {
  ALGORITHM,
  askWitness,
  bytesOf,
  consistencyRanges,
  cosignedAt,
  leafHash,
  newSigner,
  nodeHash,
  parseNote,
  rangeHash,
  signedCheckpoint,
  splitOf,
  witnessRequest,
} from '.';
import type { HashAt, SeenHead, SignerKey, Witness } from '.';

const ORIGIN = 'log.example/parley';
const leavesOf = (n: number, salt = '') =>
  Array.from({ length: n }, (_, i) => leafHash(bytesOf(`${i < 5 ? '' : salt}${i}`)));
const mth = (leaves: Uint8Array[]): Uint8Array =>
  leaves.length === 1
    ? (leaves[0] as Uint8Array)
    : nodeHash(mth(leaves.slice(0, splitOf(leaves.length))), mth(leaves.slice(splitOf(leaves.length))));
const hashesOf =
  (leaves: Uint8Array[]): HashAt =>
  (height, index) =>
    mth(leaves.slice(index * 2 ** height, (index + 1) * 2 ** height));

let log: SignerKey;
let witness: Witness;
let seen: SeenHead | null;
beforeEach(async () => {
  log = await newSigner(ORIGIN, ALGORITHM.ED25519);
  witness = { signer: await newSigner('witness.example', ALGORITHM.COSIGNATURE), logs: [log] };
  seen = null;
});

const head = (leaves: Uint8Array[], signer = log) =>
  signedCheckpoint({ origin: ORIGIN, size: leaves.length, root: mth(leaves) }, [signer]);
async function ask(older: number, leaves: Uint8Array[], signer = log) {
  const proof = consistencyRanges(Math.min(older, leaves.length), leaves.length).map((range) =>
    rangeHash(range, hashesOf(leaves)),
  );
  const answer = await askWitness(
    witness,
    witnessRequest(older, proof, await head(leaves, signer)),
    () => seen,
    1_790_000_000,
  );
  seen = answer.seen ?? seen;
  return answer;
}

it('cosigns the first head, and every one that extends it', async () => {
  for (const [older, size] of [
    [0, 3],
    [3, 7],
    [7, 7],
    [7, 20],
  ] as const) {
    const answer = await ask(older, leavesOf(size));
    expect(answer.status).toBe(200);
    const note = parseNote((await head(leavesOf(size))) + answer.body);
    expect(note && (await cosignedAt(note, witness.signer))).toBe(1_790_000_000);
  }
});

it('I9: a split view is noticed: another root for the same size, or a history that does not extend what it saw', async () => {
  await ask(0, leavesOf(9));
  const split = { kind: 'SPLIT_VIEW', seen: { note: await head(leavesOf(9)) } };
  expect(await ask(9, leavesOf(9, 'x'))).toMatchObject({
    ...{ status: 409, body: expect.stringContaining('Split view') as string },
    alarm: { ...split, shown: { note: await head(leavesOf(9, 'x')) } },
  });
  // Whoever has not heard of the witness before is told what it saw last, as ever, and is found out all the same.
  expect(await ask(0, leavesOf(9, 'x'))).toMatchObject({ status: 409, isSize: true, alarm: split });
  expect(await ask(9, leavesOf(12, 'x'))).toMatchObject({ status: 422, alarm: { kind: 'NOT_EXTENDED' } });
  const cosigned = await ask(9, leavesOf(12));
  expect([cosigned.status, cosigned.alarm]).toEqual([200, undefined]);
});

it('I9: a restored old backup is noticed: the log is shorter than what it saw', async () => {
  await ask(0, leavesOf(9));
  expect(await ask(6, leavesOf(6))).toMatchObject({ status: 409, body: '9\n', isSize: true });
  expect((await ask(9, leavesOf(6))).status).toBe(400);
});

it('answers as the specification says to what it does not know', async () => {
  const stranger = await newSigner(ORIGIN, ALGORITHM.ED25519);
  expect((await ask(0, leavesOf(3), stranger)).status).toBe(403);
  witness = { ...witness, logs: [{ ...log, name: 'other.example' }] };
  expect((await ask(0, leavesOf(3))).status).toBe(404);
  for (const body of ['', 'old 0', 'old 00\n\nx', 'old 0\nnot base64\n\nx', `old 0\n\n${'x'.repeat(100)}`])
    expect((await askWitness(witness, body, () => null, 0)).status).toBe(400);
});
