// Directories of the vault: closed to other users, and synced so that a name that was shown stays.
import { chmod, mkdir, open, stat } from 'node:fs/promises';

/** Makes renames and removals in a directory durable. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the directory for this user only; one that others may enter is closed to them. */
export async function ensurePrivate(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const { mode } = await stat(directory);
  if ((mode & 0o077) !== 0) await chmod(directory, 0o700);
}
