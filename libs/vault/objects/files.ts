// The one way files become visible: written to a temporary name, synced, renamed, directory synced.
import { open } from 'node:fs/promises';

/** Makes renames and removals in a directory durable. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
