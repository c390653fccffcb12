// What people signed against what entries say of it, where the export shows what was signed.
import { z } from 'zod';
import type { Archive } from './archive';
import type { Ledger } from './ledger';
import { failing } from './verdict';

/** As `manifestCore` of activities/releases writes it. */
export const SignedManifest = z.object({ data: z.object({ sha256: z.string() }) });
/** As `resultContent` of activities/analyses writes it. */
export const SignedResult = z.object({ code: z.object({ digest: z.string() }) });

/** I6: the digest released is the digest in the manifest people signed. What names none was not signed for any data. Returns how many were shown. */
export async function checkSealed(archive: Archive, { checked }: Ledger): Promise<number> {
  let shown = 0;
  for (const { release, core, digest } of checked.sealed) {
    const signed = await signedAs(archive, core, SignedManifest);
    if (signed !== null && signed?.data.sha256 !== digest)
      throw failing('verifier.broken.release', { release });
    if (signed !== null) shown += 1;
  }
  return shown;
}

/** The code that an entry says computed a result is what its checker signed. Returns how many were shown. */
export async function checkComputed(archive: Archive, { checked }: Ledger): Promise<number> {
  let shown = 0;
  for (const { analysis, core, digest } of checked.computed) {
    const signed = await signedAs(archive, core, SignedResult);
    if (signed !== null && signed?.code.digest !== digest)
      throw failing('verifier.broken.code', { analysis });
    if (signed !== null) shown += 1;
  }
  return shown;
}

/** Null where the content is not shown; undefined where it does not say what is asked of it. */
async function signedAs<T>(
  archive: Archive,
  core: string,
  schema: z.ZodType<T>,
): Promise<T | undefined | null> {
  const name = `content/${core}.json`;
  if (!archive.has(name)) return null;
  return schema.safeParse(jsonIn(await archive.text(name))).data;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
