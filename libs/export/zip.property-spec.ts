// The zip that an export is written into: it makes no more than is taken from it.
import { randomBytes } from 'node:crypto';
import { writeZip } from './zip';

const PIECE = 1 << 16;
const PIECES = 160;
/** What may wait between a file and whoever takes the zip, however long the file: measured, 2.2 MB. */
const MOST = 4 << 20;

it.each([
  ['stored', { isDense: true as const }],
  ['deflated', {}],
])('a zip of ten megabytes (%s) waits for whoever takes it, and is never held', async (_how, how) => {
  let [made, taken, waiting] = [0, 0, 0];
  // Nothing that shrinks, so that what comes out is what went in.
  const piece = randomBytes(PIECE);
  async function* body() {
    for (let i = 0; i < PIECES; i += 1) {
      await Promise.resolve();
      made += PIECE;
      yield piece;
    }
  }
  async function* files() {
    yield await Promise.resolve({ path: 'large.bin', ...how, body: body() });
  }
  const slow = new WritableStream<Uint8Array>({
    async write(bytes) {
      taken += bytes.length;
      waiting = Math.max(waiting, made - taken);
      // Long enough for a zip that does not wait to have run ahead.
      for (let turn = 0; turn < 4; turn += 1) await new Promise((next) => setImmediate(next));
    },
  });
  await writeZip(slow, files(), new Date(0));
  expect(made).toBe(PIECE * PIECES);
  expect(waiting).toBeLessThan(MOST);
});
