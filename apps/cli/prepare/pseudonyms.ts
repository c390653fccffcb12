// The names people have in a deposit: by the holder's own key or, linked across holders, by the key map and the linkage key.
import { keyedNames } from '#libs/vault/conformance';
import { lookupExactly } from './tables';
import { PrepareRefused } from './refused';

/** A person's pseudonym; null where the linkage does not know them. */
export type Pseudonyms = (identifier: string) => string | null;

/** The same person always has the same pseudonym under the same key, and nobody else can make it. */
export function ownPseudonyms(key: Buffer | null): Pseudonyms {
  if (!key) return () => '';
  const nameOf = keyedNames(key);
  return (identifier) => `p${nameOf(`parley prepare v1\0${identifier.trim()}`).slice(0, 32)}`;
}

/**
 * Identifier → row key (the holder's own file) → link id (the linker's map) → pseudonym (the holders' linkage key). The linker
 * knows link ids and no key, the engine the pseudonyms alone: neither can go back.
 */
export async function linkedPseudonyms(
  files: { rowKeys: string; map: string },
  key: Buffer,
): Promise<Pseudonyms> {
  const [keyOf, linkOf] = await Promise.all([lookupExactly(files.rowKeys), lookupExactly(files.map)]);
  const nameOf = keyedNames(key);
  return (identifier) => {
    const rowKey = keyOf(identifier);
    if (rowKey === null) return null;
    const link = linkOf(rowKey);
    if (link === null)
      throw new PrepareRefused(
        `${files.map} does not have every row key of ${files.rowKeys}: they are not of one linkage.`,
      );
    return `p${nameOf(`parley link v1\0${link}`).slice(0, 32)}`;
  };
}
