// Directories of the vault: closed to other users, and synced so that a name that was shown stays.
import { chmod, mkdir, open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** Makes renames and removals in a directory durable. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Bytes of plain or sealed text that are on their way: each piece holds until the next one is asked for, and no longer. */
export type Pieces = AsyncIterable<Buffer>;

/** Large pieces: a million rows are read or written in a hundred turns instead of a thousand. */
export const PIECE_BYTES = 2 ** 20;

/** The bytes of a file. Two buffers serve for all of it, one being read into while the other is lent. */
export async function* readPieces(file: string): AsyncGenerator<Buffer> {
  const handle = await open(file, 'r');
  let [here, next] = [Buffer.allocUnsafe(PIECE_BYTES), Buffer.allocUnsafe(PIECE_BYTES)];
  let reading = handle.read(here);
  try {
    for (;;) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) return;
      reading = handle.read(next);
      yield here.subarray(0, bytesRead);
      [here, next] = [next, here];
    }
  } finally {
    await reading.catch(() => undefined);
    await handle.close();
  }
}

/** The same pieces, until they are wanted no more. */
export async function* unlessAborted(
  pieces: Pieces,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    signal?.throwIfAborted();
    yield piece;
  }
}

/** Writes a new file for this user only. One of two buffers is written while the other one fills. */
export async function writePieces(file: string, pieces: Pieces): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  let [filling, other] = [Buffer.allocUnsafe(PIECE_BYTES), Buffer.allocUnsafe(PIECE_BYTES)];
  let length = 0;
  let writing: Promise<void> = Promise.resolve();
  const flush = async () => {
    await writing;
    writing = writeAll(handle, filling.subarray(0, length));
    // Whoever waits for it hears of it; until then it is nobody's unhandled error.
    writing.catch(() => undefined);
    [filling, other] = [other, filling];
    length = 0;
  };
  try {
    for await (const piece of pieces)
      for (let at = 0; at < piece.length;) {
        const taken = piece.copy(filling, length, at);
        length += taken;
        at += taken;
        if (length === filling.length) await flush();
      }
    await flush();
  } finally {
    await writing.finally(() => handle.close());
  }
}

/** Writes all of it, also where the system takes it in parts. */
export async function writeAll(handle: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at)).bytesWritten;
}

/** All pieces as one, for what is small. */
export async function wholeOf(pieces: Pieces): Promise<Buffer> {
  const kept: Buffer[] = [];
  for await (const piece of pieces) kept.push(Buffer.from(piece));
  return Buffer.concat(kept);
}

/** Makes the directory for this user only; one that others may enter is closed to them. */
export async function ensurePrivate(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const { mode } = await stat(directory);
  if ((mode & 0o077) !== 0) await chmod(directory, 0o700);
}
