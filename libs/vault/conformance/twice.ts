// A data process that dies may have had bad luck once; twice, and it is the file.
import { VaultRefusal } from '../objects/failures';

/** Whether the file, and not the machine or a person, is why an operation ended. */
export function isOfFile(error: unknown): error is VaultRefusal {
  return error instanceof VaultRefusal && (error.code === 'ENGINE_FAILED' || error.code === 'TIME_LIMIT');
}

/** Tries once more after a failure that may be the file's; the second one is thrown. */
export async function twice<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isOfFile(error)) throw error;
    return work();
  }
}
